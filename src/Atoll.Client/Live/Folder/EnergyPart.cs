namespace Atoll.Client.Live.Folder;

/// <summary>Energy that is known in one way.</summary>
/// <param name="Basis"><c>measured</c>, <c>modelled</c> or <c>assumed</c>.</param>
/// <param name="Meter">What says so.</param>
internal sealed record EnergyPart(string Basis, string Meter, double Joules)
{
    /// <summary>What is known in different ways stays apart.</summary>
    public static IReadOnlyList<EnergyPart> Sum(IEnumerable<EnergyPart> parts) =>
        [.. parts.GroupBy(part => part.Basis).Select(same => new EnergyPart(same.Key, string.Join("; ", same.SelectMany(part => part.Meter.Split("; ")).Distinct()), same.Sum(part => part.Joules)))];
}
