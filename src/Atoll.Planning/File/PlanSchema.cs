using Atoll.Experiments.Schema;

namespace Atoll.Planning.File;

/// <summary>The plan file's JSON Schema, made from the records that the reader binds.</summary>
public static class PlanSchema
{
    /// <summary>The schema as it is published.</summary>
    public static string Text() => FileSchema.Text<Plan>("Atoll plan", "A job, the places where it could run, the ways of running it, and what to ask of them.");
}
