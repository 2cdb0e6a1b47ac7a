using Atoll.Experiments.Results;
using Atoll.Dashboard.Figures;

namespace Atoll.Dashboard.Plans;

/// <summary>An input's figures as people read them.</summary>
internal static class InputText
{
    public static string Value(FigureSource input) => Figure.Amount(input.Value, input.Unit);

    /// <summary>Null where it is one number.</summary>
    public static string? Range(FigureSource input) =>
        input.Low == input.High ? null : UnitScale.Ends(input.Low, input.High, UnitScale.Of(input.Unit).Step(double.IsFinite(input.Value) ? input.Value : 1));
}
