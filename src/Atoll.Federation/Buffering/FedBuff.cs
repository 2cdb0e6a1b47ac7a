namespace Atoll.Federation.Buffering;

/// <summary>
/// Asynchronous aggregation with a buffer: some sites train at any time, each from the model that was the newest when it began; as soon as <c>K</c> updates
/// are in, the model moves by <c>Δ = Σₖ nₖ Δₖ/(1 + τₖ)ᵃ / Σₖ nₖ</c>, where <c>τₖ</c>, the staleness, is how often the model has changed since the site began.
/// </summary>
/// <remarks>
/// <para>Nguyen et al., 2022, Algorithm 1 and section 5.1. <see href="https://arxiv.org/abs/2106.06639"/>
/// The paper's <c>Δ = (1/K) Σₖ s(τₖ) Δₖ</c> is this with uniform weights (<c>nₖ = 1</c>). It is not divided by <c>Σₖ s(τₖ)</c>: a buffer of stale updates is to
/// move the model less. The paper's server step size is the server optimizer's.</para>
/// <para>Exact: each update is divided by <c>(1 + τₖ)ᵃ</c> in float, as FedNova's is by its steps, and then summed as integers, so that the order in which a
/// buffer's updates are added changes nothing, and with <c>τ = 0</c> a buffer is a round of FedAvg, to the bit.</para>
/// </remarks>
public sealed record FedBuff
{
    /// <summary>How many updates change the model. The paper finds 10 to do well.</summary>
    public int Size { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>How many sites train at any time.</summary>
    public required int Concurrency { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How staleness scales an update.</summary>
    public IStaleness Staleness { get; init; } = new PolynomialStaleness();

    /// <summary>The greatest staleness with which an update still counts. No limit where not given.</summary>
    public int? MaximumStaleness { get; init => field = value is null ? null : Require.AtLeast(0, value.Value, nameof(MaximumStaleness)); }

    /// <exception cref="InvalidOperationException">There are fewer sites than are to train at any time.</exception>
    public void RequireSites(int sites) => Require.That(Concurrency <= sites, $"Buffered updates with a concurrency of {Concurrency} need at least as many sites, but there are {sites}.");

    /// <summary>Chooses the site that gets the next task: any that has none is equally likely.</summary>
    /// <param name="idle">Ascending.</param>
    /// <param name="random">Seeded for this task; one number is drawn.</param>
    public static int Next(IReadOnlyList<int> idle, Random random) => idle[Math.Min(idle.Count - 1, (int)(random.NextDouble() * idle.Count))];
}
