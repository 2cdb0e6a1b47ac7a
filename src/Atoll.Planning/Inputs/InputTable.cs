using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Inputs;

/// <summary>All inputs of a plan, each at an index. An arm's model keeps indices and reads values from whichever vector it is given.</summary>
public sealed class InputTable
{
    private readonly List<Input> _inputs = [];
    private readonly Dictionary<string, int> _indices = [];

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
        return _indices[path] = _inputs.Count - 1;
    }

    public int Add<TDimension>(string path, Sourced<TDimension> sourced) where TDimension : IDimension<TDimension> =>
        Add(path, new Estimate<TDimension>(sourced.Value, sourced.Low, sourced.High), sourced.Origin);

    /// <summary>Another path of an input: <c>links.lulea-frankfurt.bandwidth</c> of <c>links.frankfurt-lulea.bandwidth</c>. A path that has an input keeps it.</summary>
    public void Alias(string path, int index) => _indices.TryAdd(path, index);

    /// <summary>The index of a path or of another path of it. Null where no arm reads such an input.</summary>
    public int? Find(string path) => _indices.TryGetValue(path, out int index) ? index : null;
}
