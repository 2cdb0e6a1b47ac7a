namespace Atoll.Simulation.Arms;

/// <summary>A task that a virtual site is training on.</summary>
/// <param name="Task">Its number in the arm, from 1.</param>
/// <param name="Turn">Which of the site's own tasks it is, from 1.</param>
/// <param name="Round">The round whose model it begins from.</param>
/// <param name="Due">The virtual time at which its update comes in.</param>
internal sealed record Flight(int Task, int Site, int Turn, int Round, TimeSpan Due) : IComparable<Flight>
{
    /// <summary>By time, those of one instant by their sites.</summary>
    public int CompareTo(Flight? other) => other is null ? 1 : (Due, Site).CompareTo((other.Due, other.Site));
}
