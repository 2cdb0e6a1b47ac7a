using System.Buffers.Binary;
using Atoll.Learning.Tensors;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Tensors;

/// <summary>Bytes from strangers: read to the end or refused, never anything else.</summary>
public sealed class CorruptFileTests
{
    [Fact]
    public void Every_file_that_ends_too_early_is_refused()
    {
        for (int length = 0; length < Example.Bytes.Length; length++)
        {
            byte[] truncated = Example.Bytes[..length];
            Should.Throw<TensorFileException>(() => Example.Read(truncated), $"{length} bytes");
            Should.Throw<TensorFileException>(() => SafetensorsFile.Read(new Trickle(truncated), 1_000_000), $"{length} bytes of a stream of unknown length");
        }
    }

    [Fact]
    public void A_stream_that_comes_byte_by_byte_is_read() =>
        SafetensorsFile.Read(new Trickle(Example.Bytes), 1_000_000).Tensors.Select(t => t.Name).ShouldBe(Example.Tensors.Select(t => t.Name));

    [Fact]
    public void Bits_flipped_anywhere_are_read_or_refused()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            byte[] bytes = [.. Example.Bytes];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }
            ReadOrRefuse(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void Headers_put_together_at_random_are_read_or_refused()
    {
        string[] parts =
            ["{", "}", "[", "]", ":", ",", "\"a\"", "\"dtype\"", "\"F32\"", "\"F64\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "0", "4", "-1", "1e3", "1.5",
             "99999999999999999999", "null", "\"\\uD800\"", " ", "\n", "//", "{\"a\":{\"dtype\":\"F32\",\"shape\":[", "\"shape\":[1],", "\"data_offsets\":[0,4]", "\u00ff"];
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            ReadOrRefuse(Example.File(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)])), random.Next(9)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "there is more")]
    [InlineData("""{}""", 4, "there is more")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "must have dtype F32, the only one that Atoll reads, but it has 'F16'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "of shape [2] needs 8 bytes, but its data_offsets are 0 and 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets are 4 and 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers of at least 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole numbers of at least 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967297],"data_offsets":[0,4]}}""", 4, "dimensions up to 2147483647")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "may have at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a' stands there twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'a.dtype' stands there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"colour":1}}""", 4, "adds 'colour'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "must have a dtype, a shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a' begins at byte 4 of the data where 0 is due")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'b' begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "'b' begins at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000],"data_offsets":[0,4000000]}}""", 4, "need 4000000 bytes, but at most 4")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "A String must stand for __metadata__.a")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "'__metadata__.a' stands there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "")]
    [InlineData("""[]""", 0, "A StartObject must stand for the header")]
    [InlineData("""{} x""", 0, "must be JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""", 4, "must be JSON")]
    [InlineData("", 0, "must be JSON")]
    public void A_wrong_header_is_refused_with_its_reason(string header, int data, string message) =>
        Should.Throw<TensorFileException>(() => Example.Read(Example.File(header, data))).Message.ShouldContain(message);

    [Fact]
    public void Tensors_may_stand_in_the_header_in_any_order() =>
        Example.Read(Example.File("""{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"shape":[1],"data_offsets":[0,4],"dtype":"F32"}}""", 8))
            .Tensors.Select(t => t.Name).ShouldBe(["a", "b"]);

    [Fact]
    public void Nesting_without_end_is_refused() => Should.Throw<TensorFileException>(() => Example.Read(Example.File(new string('[', 1_000_000), 0)));

    [Theory]
    [InlineData(100_000_001ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    public void A_header_longer_than_the_format_allows_is_refused_before_it_is_read(ulong length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Should.Throw<TensorFileException>(() => SafetensorsFile.Read(new MemoryStream(bytes), long.MaxValue)).Message.ShouldContain($"claims {length}");
    }

    [Fact]
    public void A_claim_costs_no_memory()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 99_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<TensorFileException>(() => SafetensorsFile.Read(new MemoryStream(bytes), long.MaxValue));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void More_than_was_allowed_is_refused() =>
        Should.Throw<TensorFileException>(() => SafetensorsFile.Read(new MemoryStream(Example.Bytes), Example.Bytes.Length - 1)).Message.ShouldContain("can follow the header");

    [Fact]
    public void The_error_names_the_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "no tensors");
            Should.Throw<TensorFileException>(() => SafetensorsFile.Read(path)).Message.ShouldStartWith(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            Example.Read(bytes);
        }
        catch (TensorFileException e)
        {
            e.Message.ShouldNotBeEmpty();
        }
    }

    /// <summary>Gives one byte at a time and does not know its length.</summary>
    private sealed class Trickle(byte[] bytes) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == bytes.Length || count == 0)
            {
                return 0;
            }
            buffer[offset] = bytes[_at++];
            return 1;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
