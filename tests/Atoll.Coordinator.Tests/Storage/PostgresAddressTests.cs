using Atoll.Coordinator.Storage;
using Npgsql;

namespace Atoll.Coordinator.Tests.Storage;

public sealed class PostgresAddressTests
{
    [Fact]
    public void Every_part_of_an_address_is_taken()
    {
        NpgsqlConnectionStringBuilder read = new(PostgresAddress.ToConnectionString("postgres://us%40er:p%2Fw@db.example:6000/the%20runs?sslmode=verify-full&Maximum%20Pool%20Size=5"));
        (read.Host, read.Port, read.Username, read.Password, read.Database, read.SslMode, read.MaxPoolSize).ShouldBe(("db.example", 6000, "us@er", "p/w", "the runs", SslMode.VerifyFull, 5));
    }

    [Fact]
    public void What_is_left_out_is_left_to_PostgreSQL()
    {
        NpgsqlConnectionStringBuilder read = new(PostgresAddress.ToConnectionString("postgresql://db.example/runs"));
        (read.Port, read.Username, read.Password).ShouldBe((5432, null, null));
    }

    [Theory]
    [InlineData("mysql://user:secret@db/runs")]
    [InlineData("not an address, secret")]
    [InlineData("postgres://user:secret@db/runs?colour=blue")]
    [InlineData("postgres://user:secret@db/runs?sslmode=sometimes")]
    public void Another_address_is_refused_without_repeating_its_password(string address) =>
        Should.Throw<FormatException>(() => PostgresAddress.ToConnectionString(address)).Message.ShouldNotContain("secret");
}
