using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>The model of each kind of arm.</summary>
internal static class ArmModels
{
    /// <summary>What an arm's kind makes of it; null where something was refused (<see cref="ArmContext.Refuse"/>). Sites that the arm names are known to exist, each once.</summary>
    public static (IArmModel Model, PrivacyPlan Privacy)? Create(PlanArm arm, ArmContext context) => arm switch
    {
        _ => throw new NotSupportedException($"There is no model of {arm.GetType().Name} arms."),
    };
}
