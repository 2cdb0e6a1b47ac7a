using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>Energy of carrying data, by the mean of each technology on the way.</summary>
/// <remarks>
/// An average over all traffic of a network, most of which is drawn whether data flows or not: what one transfer adds is less. Figures by technology are in the
/// catalog's networks, with their range.
/// </remarks>
public static class NetworkEnergy
{
    /// <summary><c>up × e_up + down × e_down</c>.</summary>
    public static Quantity<Energy> Of(Quantity<Data> up, Quantity<DataEnergy> perUp, Quantity<Data> down, Quantity<DataEnergy> perDown) =>
        up * perUp + down * perDown;

    /// <summary><c>data × Σ e_i</c>, over the technologies that it passes.</summary>
    public static Quantity<Energy> Of(Quantity<Data> data, params ReadOnlySpan<Quantity<DataEnergy>> technologies)
    {
        Quantity<DataEnergy> sum = default;
        foreach (Quantity<DataEnergy> technology in technologies)
        {
            sum += technology;
        }
        return data * sum;
    }
}
