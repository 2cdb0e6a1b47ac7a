using Atoll.Footprint.Quantities;

namespace Atoll.Experiments;

/// <summary>How a run across machines waits for its sites. By default for all of them, and for as long as it takes. Buffered arms have no rounds that wait.</summary>
public sealed record LiveSettings
{
    /// <summary>How many sites suffice once the enrolment deadline is over. By default all that are expected, however long they take.</summary>
    public int? MinimumSites { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(MinimumSites)); }

    /// <summary>From the start of the run; sites that come later are turned away, if the minimum is there by then. None by default.</summary>
    public Quantity<Time>? EnrolmentDeadline { get; init => field = Positive(value, nameof(EnrolmentDeadline)); }

    /// <summary>From a round's beginning; then it closes with what it has, as soon as that is the quorum. None by default.</summary>
    public Quantity<Time>? RoundDeadline { get; init => field = Positive(value, nameof(RoundDeadline)); }

    /// <summary>Share of the sites whose updates a round needs, in (0, 1]: what it can do without is lost sites, and after its deadline slow ones. Where lost sites leave less it waits for them to come back; where failed ones do, the arm stops. By default a round waits for every site that has not failed its task, and goes on without those that have.</summary>
    public double? Quorum { get; init => field = value is null ? null : Require.Share(value.Value, nameof(Quorum)); }

    /// <summary>How many times as many sites are asked as a round needs; it closes as soon as it has the updates it needs, and later ones do not count.</summary>
    public double OverSelection { get; init => field = Require.Within(1, 10, value); } = 1;

    /// <summary>A site counts as lost that gave no sign of life for this long. Any request is one, and so is every piece of a transfer that moves.</summary>
    public Quantity<Time> Stall { get; init => field = Positive(value, nameof(Stall))!.Value; } = new(60);

    /// <summary>The longest an update may be (its L2 norm); longer ones are refused. By default any that exact averaging can hold.</summary>
    public double? MaxUpdateNorm { get; init => field = value is null ? null : Require.MoreThan(0, value.Value, nameof(MaxUpdateNorm)); }

    private static Quantity<Time>? Positive(Quantity<Time>? value, string name) =>
        value is not { } time || (time.Value > 0 && time.Value <= MaximumSeconds) ? value
        : throw new ArgumentOutOfRangeException(name, $"{name} must be more than 0 s and at most a year (was {value}).");

    private const double MaximumSeconds = 366.0 * 24 * 3600;
}
