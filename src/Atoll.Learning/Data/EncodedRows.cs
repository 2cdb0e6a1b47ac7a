using Atoll.Learning.Data.Schema;

namespace Atoll.Learning.Data;

/// <summary>A table's rows as numbers, before any site's statistics touch them.</summary>
/// <param name="IsTest">Whether each row is for testing; null where no column says so.</param>
internal sealed record EncodedRows(UsedRows Used, DataSchema Schema, FeatureMatrix Features, float[] Targets, bool[]? IsTest)
{
    /// <exception cref="DataException">The rows hold something that the schema does not know.</exception>
    public static EncodedRows Of(UsedRows used, DataSchema schema) =>
        new(used, schema, FeatureMatrix.Of(used, schema), LabelTargets.Of(used, schema), used.IsTest());
}
