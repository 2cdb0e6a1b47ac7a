namespace Atoll.Learning.Data;

/// <summary>The rows that one site holds: which to train on and which to test on.</summary>
/// <param name="Train">At least one row.</param>
/// <param name="Test">May be empty: a site with few rows has none to spare.</param>
public sealed record SiteRows(string Name, int[] Train, int[] Test);
