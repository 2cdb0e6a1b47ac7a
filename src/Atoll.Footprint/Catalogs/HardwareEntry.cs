using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>An accelerator, server or device. All figures are of one.</summary>
public sealed record HardwareEntry
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary><c>accelerator</c>, <c>server</c>, <c>desktop</c>, <c>laptop</c>, <c>phone</c>, <c>board</c> or <c>router</c>. Only the first two stand in facilities with a PUE.</summary>
    public required string Kind { get; init; }

    /// <summary>Dense peak rates by precision (<c>bf16</c>, <c>fp32</c> …), as far as sources give them.</summary>
    public required IReadOnlyDictionary<string, Sourced<ComputeRate>> Peak { get; init; }

    /// <summary>Rate that training was measured to achieve, where a source gives one.</summary>
    public Sourced<ComputeRate>? Achieved { get; init; }

    /// <summary>While training.</summary>
    public required Sourced<Power> Power { get; init; }

    /// <summary>While waiting.</summary>
    public required Sourced<Power> IdlePower { get; init; }

    public required Sourced<Carbon> Embodied { get; init; }

    /// <summary>Time in service.</summary>
    public required Sourced<Time> Lifetime { get; init; }

    /// <summary>Of renting one.</summary>
    public Sourced<HourlyPrice>? Price { get; init; }

    /// <summary>Of buying one.</summary>
    public Sourced<Money>? Purchase { get; init; }

    /// <summary>Words of the label in a row that have the name in them: of <c>NVIDIA A100 80 GB SXM</c> also <c>A100 80 GB</c>.</summary>
    internal IEnumerable<string> Spoken()
    {
        string[] words = Label.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string key = Names.Key(Name);
        for (int from = 0; from < words.Length; from++)
        {
            for (int to = words.Length; to > from; to--)
            {
                string spoken = string.Join(' ', words[from..to]);
                if (Names.Key(spoken).Contains(key, StringComparison.Ordinal))
                {
                    yield return spoken;
                }
            }
        }
    }
}
