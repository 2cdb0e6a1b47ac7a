namespace Atoll.Dashboard.Figures;

/// <summary>One of the units that a figure may be shown in: <c>12.3 MWh</c>, <c>$1.20 M</c>.</summary>
/// <param name="Before">Stands before the number.</param>
/// <param name="After">Stands behind it.</param>
/// <param name="Size">In the scale's own unit.</param>
/// <param name="Decimals">Always so many digits behind the point; three significant ones where null.</param>
public sealed record UnitStep(string Before, string After, double Size, int? Decimals = null);
