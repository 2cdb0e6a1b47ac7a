using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>Notes the numbers of an arm's own fields as inputs, so that they can be varied and traced like all others.</summary>
internal static class ArmInputs
{
    /// <returns>The index.</returns>
    public static int Note<TDimension>(this ArmContext context, string field, Estimate<TDimension> value, Origin? otherwise = null) where TDimension : IDimension<TDimension>
    {
        string path = context.Path(field);
        return context.Inputs.Add(path, value, context.File.Has(path)
            ? new() { Basis = value.IsRange ? Basis.Assumed : Basis.Measured, Source = $"the plan file, line {context.File.LineOf(path)}" }
            : otherwise ?? new() { Basis = Basis.Assumed, Source = "what such an arm does where the plan says nothing else" });
    }

    public static int Note(this ArmContext context, string field, double count) => context.Note<Count>(field, count * Count.One);
}
