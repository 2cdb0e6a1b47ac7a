using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Inputs;

/// <summary>All inputs of a plan, each at an index. An arm's model keeps indices and reads values from whichever vector it is given.</summary>
public sealed class InputTable
{
    private readonly List<Input> _inputs = [];
    private readonly List<Reader> _readers = [];
    private readonly Dictionary<string, int> _indices = [];

    private delegate bool Reader(string text, out double value, out string problem);

    public IReadOnlyList<Input> Inputs => _inputs;

    /// <summary>The values as given.</summary>
    public double[] Values() => [.. _inputs.Select(i => i.Value)];

    /// <summary>Notes an input once; the same path again gives the same index.</summary>
    /// <returns>Its index.</returns>
    public int Add<TDimension>(string path, Estimate<TDimension> estimate, Origin origin) where TDimension : IDimension<TDimension>
    {
        if (_indices.TryGetValue(path, out int known))
        {
            return known;
        }
        _inputs.Add(new()
        {
            Path = path,
            Unit = TDimension.Units[0].Symbol,
            Value = estimate.Value.Value,
            Low = estimate.Low.Value,
            High = estimate.High.Value,
            Origin = origin,
        });
        _readers.Add(Read<TDimension>);
        return _indices[path] = _inputs.Count - 1;
    }

    public int Add<TDimension>(string path, Sourced<TDimension> sourced) where TDimension : IDimension<TDimension> =>
        Add(path, new Estimate<TDimension>(sourced.Value, sourced.Low, sourced.High), sourced.Origin);

    /// <summary>A value of an input from text with a unit of its dimension: <c>4 Gbit/s</c>.</summary>
    /// <param name="problem">What the text must be and was, to end a sentence.</param>
    public bool TryParse(int index, string text, out double value, out string problem) => _readers[index](text, out value, out problem);

    /// <summary>Every path by which an input is found.</summary>
    public IReadOnlyCollection<string> Paths => _indices.Keys;

    /// <summary>Another path of an input: <c>links.lulea-frankfurt.bandwidth</c> of <c>links.frankfurt-lulea.bandwidth</c>. A path that has an input keeps it.</summary>
    public void Alias(string path, int index) => _indices.TryAdd(path, index);

    /// <summary>The index of a path or of another path of it. Null where the plan has no such input.</summary>
    public int? Find(string path) => _indices.TryGetValue(path, out int index) ? index : null;

    private static bool Read<TDimension>(string text, out double value, out string problem) where TDimension : IDimension<TDimension>
    {
        bool read = QuantityText.TryParse(text, out Quantity<TDimension> quantity, out problem);
        value = quantity.Value;
        return read;
    }
}
