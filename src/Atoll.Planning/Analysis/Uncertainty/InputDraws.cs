using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atoll.Learning.Randomness;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Analysis.Uncertainty;

/// <summary>Draws of all inputs that have a range. Each is a pure function of (seed, draw, input): another input in the plan changes none of the others.</summary>
/// <remarks>
/// Inputs are drawn independently, except that one published figure used at several places (the embodied carbon of an accelerator that stands at two sites)
/// is one unknown and is drawn once. Published figures have a year or an address; of these, those with the same name, range and origin are one.
/// </remarks>
internal sealed class InputDraws
{
    private readonly double[] _given;
    private readonly Ranged[] _ranged;
    private readonly uint _key0, _key1;

    public InputDraws(InputTable table, ulong seed)
    {
        _given = table.Values();
        _ranged = [.. table.Inputs.Select((input, index) => (input, index)).Where(i => i.input.Low < i.input.High)
            .Select(i => new Ranged(i.index, Key(i.input), i.input.Low, i.input.Value, i.input.High))];
        (_key0, _key1) = ((uint)seed, (uint)(seed >> 32));
    }

    /// <summary>Whether any input has a range.</summary>
    public bool AnyRange => _ranged.Length > 0;

    /// <summary>A value for each input, in the table's order.</summary>
    public void Draw(int draw, Span<double> inputs)
    {
        _given.CopyTo(inputs);
        foreach (Ranged r in _ranged)
        {
            (uint low, uint high, _, _) = Philox.Block((uint)draw, (uint)r.Key, (uint)(r.Key >> 32), (uint)Purpose.Uncertainty << 24, _key0, _key1);
            double u = (((((ulong)high << 32) | low) >> 11) + 0.5) * (1.0 / (1L << 53));
            inputs[r.Index] = Triangle.Quantile(u, r.Low, r.Mode, r.High);
        }
    }

    private static ulong Key(Input input)
    {
        bool published = input.Origin.Year is not null || input.Origin.Url is not null;
        string name = published
            ? string.Create(CultureInfo.InvariantCulture, $"{Figure(input.Path)}|{input.Unit}|{input.Value:R}|{input.Low:R}|{input.High:R}|{input.Origin.Source}|{input.Origin.Year}|{input.Origin.Url}|{input.Origin.Note}")
            : input.Path;
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }

    /// <summary>The path without whose it is: <c>hardware.embodied</c> of <c>sites.lulea.hardware.embodied</c>.</summary>
    private static string Figure(string path) => path.Split('.') is [_, _, _, ..] parts ? string.Join('.', parts[2..]) : path;

    private readonly record struct Ranged(int Index, ulong Key, double Low, double Mode, double High);
}
