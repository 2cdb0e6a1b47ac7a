using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Atoll.Learning.Tensors;
using Atoll.Learning.Tests.Fixtures;
using Atoll.Learning.Tests.Kernels;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Tensors;

public sealed class RoundTripTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-tensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        byte[] bytes = Example.Write([new("a", [1, 2], (float[])[1, -2]), new("b", [], (float[])[0.5f])], new Dictionary<string, string> { ["k"] = "v" });

        string header = """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        int padded = (header.Length + 7) / 8 * 8;
        BinaryPrimitives.ReadUInt64LittleEndian(bytes).ShouldBe((ulong)padded);
        Encoding.ASCII.GetString(bytes, 8, padded).ShouldBe(header.PadRight(padded));
        bytes[(8 + padded)..].ShouldBe((byte[])[0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F]);
    }

    [Fact]
    public void What_is_written_is_read_to_the_bit()
    {
        var read = Example.Read(Example.Bytes);
        read.Metadata.ShouldBe(Example.Metadata, ignoreOrder: true);
        ShouldBeEqual(read.Tensors, Example.Tensors);
    }

    [Fact]
    public void Any_tensors_come_back()
    {
        var tensor =
            from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from dimensions in Gen.Choose(0, 4).ListOf()
            let shape = dimensions.Take(4).ToArray()
            from salt in Gen.Choose(0, 1_000)
            select new NamedTensor(name.Get, shape, Draw.Numbers(shape.Aggregate(1, (a, b) => a * b), (uint)salt));
        var tensors = tensor.ListOf().Select(list => list.Where(t => IsText(t.Name)).DistinctBy(t => t.Name).ToArray());
        Prop.ForAll(tensors.ToArbitrary(), some => ShouldBeEqual(Example.Read(Example.Write(some)).Tensors, some)).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void The_order_of_metadata_changes_no_byte() =>
        Example.Write(Example.Tensors, new Dictionary<string, string> { ["arm"] = "fedavg", ["seed"] = "7" }).ShouldBe(Example.Bytes);

    [Fact]
    public void The_hash_is_that_of_the_file()
    {
        string path = Path.Combine(_folder, "m.safetensors"), hash = SafetensorsFile.Write(path, Example.Tensors, Example.Metadata);

        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Example.Bytes)));
        File.ReadAllBytes(path).ShouldBe(Example.Bytes);
        SafetensorsFile.Sha256(path).ShouldBe(hash);
        SafetensorsFile.Sha256(Example.Tensors, Example.Metadata).ShouldBe(hash);
        ShouldBeEqual(SafetensorsFile.Read(path).Tensors, Example.Tensors);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(_folder, "m.safetensors");
        SafetensorsFile.Write(path, Example.Tensors);
        byte[] before = File.ReadAllBytes(path);

        Should.Throw<InvalidOperationException>(() => SafetensorsFile.Write(path, [Example.Tensors[0], Example.Tensors[0]]));

        File.ReadAllBytes(path).ShouldBe(before);
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public void What_a_crash_left_behind_is_in_nobodys_way()
    {
        string path = Path.Combine(_folder, "m.safetensors");
        File.WriteAllText(path + ".partial", "half a file");
        SafetensorsFile.Write(path, Example.Tensors, Example.Metadata);
        File.ReadAllBytes(path).ShouldBe(Example.Bytes);
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public void The_reserved_name_is_refused() => Should.Throw<InvalidOperationException>(() => Example.Write([new NamedTensor("__metadata__", [1], (float[])[1])]));

    [Fact]
    public void A_name_with_half_of_a_surrogate_pair_is_refused() => Should.Throw<InvalidOperationException>(() => Example.Write([new NamedTensor("x\uD800", [1], (float[])[1])]));

    [Fact]
    public void A_shape_that_does_not_fit_its_numbers_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => new NamedTensor("a", [2, 3], new float[5])).Message.ShouldBe("Tensor 'a' of shape [2, 3] needs 6 numbers, but got 5.");
        Should.Throw<ArgumentOutOfRangeException>(() => new NamedTensor("a", [-2, -3], new float[6]));
    }

    [SkippableFact]
    public void Python_reads_the_same()
    {
        string path = Path.Combine(_folder, "m.safetensors");
        SafetensorsFile.Write(path, Example.Tensors.Take(3).ToArray(), Example.Metadata); // JSON has no NaN
        ProcessStartInfo start = new("python3", [Path.Combine(AppContext.BaseDirectory, "Fixtures", "read_safetensors.py"), path]) { RedirectStandardOutput = true };
        Process python;
        try
        {
            python = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new SkipException($"python3 is missing: {e.Message}");
        }
        using (python)
        {
            var content = JsonNode.Parse(python.StandardOutput.ReadToEnd())!;
            python.WaitForExit();
            python.ExitCode.ShouldBe(0);

            content["metadata"]!.AsObject().ToDictionary(m => m.Key, m => (string)m.Value!).ShouldBe(Example.Metadata, ignoreOrder: true);
            ShouldBeEqual([.. content["tensors"]!.AsArray().Select(t => new NamedTensor(
                (string)t!["name"]!, [.. t["shape"]!.AsArray().Select(d => (int)d!)], t["values"]!.AsArray().Select(v => (float)(double)v!).ToArray()))], Example.Tensors.Take(3).ToArray());
        }
    }

    private static void ShouldBeEqual(IReadOnlyList<NamedTensor> actual, IReadOnlyList<NamedTensor> expected)
    {
        actual.Select(t => t.Name).ShouldBe(expected.Select(t => t.Name));
        foreach (var (a, e) in actual.Zip(expected))
        {
            a.Dimensions.ShouldBe(e.Dimensions);
            a.Values.Span.ShouldHaveTheBitsOf(e.Values.Span, e.Name);
        }
    }

    private static bool IsText(string name)
    {
        try
        {
            new UTF8Encoding(false, true).GetByteCount(name);
            return name != "__metadata__";
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
