namespace Atoll.Planning.Arms;

/// <summary>Sites train apart, and every so many steps their changes are averaged, all at once (Douillard et al. 2023).</summary>
/// <remarks><see href="https://arxiv.org/abs/2311.08105"/></remarks>
public sealed record DiLoCo : PlanArm
{
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Steps between two exchanges.</summary>
    public int InnerSteps { get; init => field = Require.AtLeast(1, value); } = 100;

    /// <summary>Bits that are sent for a parameter.</summary>
    public int Bits { get; init => field = Require.Within(1, 32, value); } = 16;

    /// <summary>How the time of communication is computed.</summary>
    public ExchangeTiming Timing { get; init; } = ExchangeTiming.Queue;
}

/// <summary>DiLoCo whose exchange is spread over the steps, fragment by fragment, and hidden behind computation (Douillard et al. 2025).</summary>
/// <remarks><see href="https://arxiv.org/abs/2501.18512"/></remarks>
public sealed record StreamingDiLoCo : PlanArm
{
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Steps between two exchanges of the same fragment.</summary>
    public int InnerSteps { get; init => field = Require.AtLeast(1, value); } = 100;

    /// <summary>Fragments of the model, each of layers that lie apart; they are sent one after the other, evenly over the inner steps.</summary>
    public int? Fragments { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(Fragments)); }

    /// <summary>Steps that a fragment may take to arrive before its layers wait for it.</summary>
    public int Overlap { get; init => field = Require.AtLeast(0, value); } = 1;

    /// <summary>Bits that are sent for a parameter.</summary>
    public int Bits { get; init => field = Require.Within(1, 32, value); } = 4;

    /// <summary>How the time of communication is computed.</summary>
    public ExchangeTiming Timing { get; init; } = ExchangeTiming.Queue;
}
