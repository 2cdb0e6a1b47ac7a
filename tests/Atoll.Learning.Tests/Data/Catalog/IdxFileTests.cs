using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;

namespace Atoll.Learning.Tests.Data.Catalog;

public sealed class IdxFileTests
{
    private static readonly byte[] TwoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void The_bytes_behind_the_header_are_the_values() => IdxFile.Read(TwoByThree, "f", 2, 3).ToArray().ShouldBe([1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData(new byte[] { 0, 0, 8 }, "f must be an IDX file of bytes in 2 dimensions (begin with 00000802), but begins with 000008.")]
    [InlineData(new byte[] { 0, 0, 9, 2, 0, 0, 0, 2, 0, 0, 0, 3 }, "f must be an IDX file of bytes in 2 dimensions (begin with 00000802), but begins with 00000902.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 3 }, "f must have 2 in dimension 1, but has 3.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5 }, "f must have 18 bytes as its header says, but has 17.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7 }, "f must have 18 bytes as its header says, but has 19.")]
    public void Another_type_shape_or_length_is_refused(byte[] file, string message) =>
        Should.Throw<DataException>(() => IdxFile.Read(file, "f", 2, 3)).Message.ShouldBe(message);
}
