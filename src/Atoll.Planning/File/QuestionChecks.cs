using Atoll.Experiments;
using Atoll.Planning.Analysis;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.File;

/// <summary>Whether what a plan asks (<c>solve</c>, <c>sweep</c>) names inputs and outputs that there are, and ranges that lead somewhere.</summary>
internal static class QuestionChecks
{
    public static void Check(StrictFile<Plan> file, InputTable table) => Questions.Read(file.Value, table, file.Refuse);
}
