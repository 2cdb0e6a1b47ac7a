using System.Runtime.CompilerServices;
using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Sites;

/// <summary>What an estimate must lie within, range and all.</summary>
internal static class Bound
{
    public static Estimate<TDimension> Positive<TDimension>(Estimate<TDimension> value, [CallerMemberName] string name = "") where TDimension : IDimension<TDimension> =>
        value.Low.Value > 0 ? value : throw Out(name, "must be more than 0", value);

    public static Estimate<TDimension>? Positive<TDimension>(Estimate<TDimension>? value, [CallerMemberName] string name = "") where TDimension : IDimension<TDimension> =>
        value is { } v ? Positive(v, name) : null;

    public static Estimate<TDimension>? NotNegative<TDimension>(Estimate<TDimension>? value, [CallerMemberName] string name = "") where TDimension : IDimension<TDimension> =>
        value is not { } v || v.Low.Value >= 0 ? value : throw Out(name, "must be at least 0", v);

    /// <summary>A part of a whole: some of it, up to all.</summary>
    public static Estimate<Ratio>? Share(Estimate<Ratio>? value, [CallerMemberName] string name = "") =>
        value is not { } v || (v.Low.Value > 0 && v.High.Value <= 1) ? value : throw Out(name, "must be more than 0 and at most 1", v);

    public static Estimate<Ratio>? AtLeastOne(Estimate<Ratio>? value, [CallerMemberName] string name = "") =>
        value is not { } v || v.Low.Value >= 1 ? value : throw Out(name, "must be at least 1", v);

    private static ArgumentOutOfRangeException Out<TDimension>(string name, string rule, Estimate<TDimension> value) where TDimension : IDimension<TDimension> =>
        new(name, $"{name} {rule} (was {value}).");
}
