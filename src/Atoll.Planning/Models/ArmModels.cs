using System.Reflection;
using System.Text.Json.Serialization;
using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>The model of each kind of arm.</summary>
internal static class ArmModels
{
    private static readonly Dictionary<Type, string> Kinds = typeof(PlanArm).GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>The kind's name in the file: <c>streaming-diloco</c>.</summary>
    public static string KindOf(PlanArm arm) => Kinds[arm.GetType()];

    /// <summary>What an arm's kind makes of it; null where something was refused (<see cref="ArmContext.Refuse"/>).</summary>
    /// <remarks>The arm's sites are known, have hardware, are as many as the kind needs and are linked with each other; the workload tells parameters and steps where they exchange.</remarks>
    public static (IArmModel Model, PrivacyPlan Privacy)? Create(PlanArm arm, ArmContext context) => arm switch
    {
        Centralized a => CentralizedModel.Create(a, context),
        DataParallel a => DataParallelModel.Create(a, context),
        DiLoCo a => DiLoCoModel.Create(a, context),
        StreamingDiLoCo a => StreamingDiLoCoModel.Create(a, context),
        Federated a => FederatedModel.Create(a, context),
        Hybrid a => HybridModel.Create(a, context),
        CarbonAware a => CarbonAwareArm.Create(a, context),
        _ => throw new NotSupportedException($"There is no model of {KindOf(arm)} arms."),
    };
}
