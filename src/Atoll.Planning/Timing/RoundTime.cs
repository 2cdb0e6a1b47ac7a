using MathNet.Numerics;

namespace Atoll.Planning.Timing;

/// <summary>Seconds that a round waits for its clients, whose speeds are log-normal: the mean of an order statistic of their times.</summary>
internal static class RoundTime
{
    private const int Nodes = 49;

    /// <summary>
    /// Mean time of the k-th to finish of m clients that are drawn, each of a group with the group's share: E[t(Φ(z))] where z has the density
    /// Φ^(k−1)(1 − Φ)^(m−k)φ of the k-th of m normal numbers and t is the quantile of the mixture.
    /// </summary>
    /// <remarks>
    /// David and Nagaraja, "Order Statistics", eq. 2.1.6. The trapezoid over z converges faster than any power of its width, as the density and its slopes vanish at
    /// both ends. Drawing is with replacement: fair where many more clients exist than are asked.
    /// </remarks>
    public static double Kth(ReadOnlySpan<ClientGroup> groups, double k, double m, double spread)
    {
        Require.That(k > 0 && k <= m, $"A round cannot wait for {k} of {m} clients.");
        double all = 0;
        foreach (ClientGroup group in groups)
        {
            all += group.Clients;
        }
        if (spread == 0)
        {
            return KthOfFewTimes(groups, all, k, m);
        }

        double middle = (k - 0.375) / (m + 0.25); // Blom's: where the density's weight lies
        double centre = Gaussian.Quantile(middle);
        double width = Math.Min(1, Math.Sqrt(middle * (1 - middle) / (m + 2)) / Gaussian.Density(centre));
        centre += spread * width * width; // work's e^(σz) moves the weight up by σ·variance
        return groups.Length == 1 ? KthAlike(groups[0], k, m, spread, middle, centre, width) : KthMixed(groups, all, k, m, spread, middle, centre, width);
    }

    private static double KthAlike(in ClientGroup group, double k, double m, double spread, double middle, double centre, double width)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double z = Node(i, centre, width), weight = KthWeight(z, k, m, middle, out double bell) * bell;
            sum += weight * Math.Exp(spread * z);
            weights += weight;
        }
        return group.ExchangeSeconds + group.WorkSeconds * sum / weights;
    }

    /// <remarks>The quantile may leap from one group's times to another's, so between two nodes stands the exact mean of the times there.</remarks>
    private static double KthMixed(ReadOnlySpan<ClientGroup> groups, double all, double k, double m, double spread, double middle, double centre, double width)
    {
        double sum = 0, weights = 0, share = double.NaN, partial = double.NaN, time = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double z = Node(i, centre, width), shareBefore = share, partialBefore = partial;
            time = MixtureQuantile(groups, all, z, spread, time);
            (share, partial) = (0, 0);
            foreach (ClientGroup group in groups)
            {
                share += group.Clients / all * group.DoneBy(time, spread);
                partial += group.Clients / all * group.MeanTimesDoneBy(time, spread);
            }
            if (share > shareBefore) // false at the first node too
            {
                double weight = KthWeight(Node(i - 0.5, centre, width), k, m, middle, out _);
                sum += weight * (partial - partialBefore);
                weights += weight * (share - shareBefore);
            }
        }
        return sum / weights;
    }

    private static double Node(double i, double centre, double width) => centre + width * (16 * i / (Nodes - 1) - 8);

    /// <summary>Φ^(k−1)(1 − Φ)^(m−k), but for a factor that keeps it from underflow.</summary>
    private static double KthWeight(double z, double k, double m, double middle, out double bell)
    {
        double tail = Gaussian.Below(-Math.Abs(z), out bell), below = z > 0 ? 1 - tail : tail, above = z > 0 ? tail : 1 - tail;
        return Math.Exp((k - 1) * Math.Log(below / middle) + (m - k) * Math.Log(above / (1 - middle)));
    }

    /// <summary>Mean time of the last to finish of all clients, of each group exactly its own, some of which may never finish.</summary>
    /// <param name="availability">Share of the clients that finish what they start.</param>
    public static double Last(ReadOnlySpan<ClientGroup> groups, double availability, double spread)
    {
        // E = low + ∫ (1 − P(t)) dt, over the logarithm of time, where log-normal tails are short
        double low = double.PositiveInfinity, high = 0;
        foreach (ClientGroup group in groups)
        {
            double reach = 8.5 * spread; // beyond, less than 1e-17 of the clients
            low = Math.Min(low, group.ExchangeSeconds + group.WorkSeconds * Math.Exp(-reach));
            high = Math.Max(high, group.ExchangeSeconds + group.WorkSeconds * Math.Exp(reach));
        }
        if (spread == 0 || low == high)
        {
            return LastOfFewTimes(groups, availability);
        }
        if (low <= 0)
        {
            low = high * 1e-12;
        }
        double bottom = Bisect(groups, availability, spread, low, high, 1e-9), top = Bisect(groups, availability, spread, low, high, 1 - 1e-9);
        double span = Math.Log(top / bottom), sum = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double t = bottom * Math.Exp(span * i / (Nodes - 1));
            double simpson = i is 0 or Nodes - 1 ? 1 : i % 2 == 1 ? 4 : 2;
            sum += simpson * (1 - AllDoneBy(groups, availability, t, spread)) * t;
        }
        return bottom + sum * span / (Nodes - 1) / 3;
    }

    /// <summary>Mean work of the fastest share of the clients over the middle client's: e^(σ²/2)·Φ(Φ⁻¹(u) − σ)/u.</summary>
    /// <remarks>The mean of a log-normal number below its quantile u; exact in the limit of many clients.</remarks>
    public static double MeanOfFastest(double share, double spread)
    {
        Require.That(share is > 0 and <= 1, $"A share must be more than 0 and at most 1 (was {share}).");
        double mean = Math.Exp(spread * spread / 2);
        return share == 1 || spread == 0 ? mean : mean * Gaussian.Below(Gaussian.Quantile(share) - spread) / share;
    }

    private static double KthOfFewTimes(ReadOnlySpan<ClientGroup> groups, double all, double k, double m)
    {
        double mean = 0, before = 0, time = 0;
        for (int i = 0; i < groups.Length && Next(groups, ref time, i == 0); i++)
        {
            double done = 0;
            foreach (ClientGroup group in groups)
            {
                done += group.Clients / all * group.DoneBy(time, 0);
            }
            double chance = done >= 1 - 1e-12 ? 1 : SpecialFunctions.BetaRegularized(k, m - k + 1, done); // P(at least k of m are done)
            mean += (chance - before) * time;
            before = chance;
        }
        return mean;
    }

    private static double LastOfFewTimes(ReadOnlySpan<ClientGroup> groups, double availability)
    {
        double mean = 0, before = 0, time = 0;
        for (int i = 0; i < groups.Length && Next(groups, ref time, i == 0); i++)
        {
            double chance = AllDoneBy(groups, availability, time, 0);
            mean += (chance - before) * time;
            before = chance;
        }
        return mean;
    }

    /// <summary>The next longer time that a group takes; false where there is none.</summary>
    private static bool Next(ReadOnlySpan<ClientGroup> groups, ref double time, bool first)
    {
        double next = double.PositiveInfinity;
        foreach (ClientGroup group in groups)
        {
            double own = group.ExchangeSeconds + group.WorkSeconds;
            if ((first || own > time) && own < next)
            {
                next = own;
            }
        }
        time = next;
        return double.IsFinite(next);
    }

    private static double AllDoneBy(ReadOnlySpan<ClientGroup> groups, double availability, double seconds, double spread)
    {
        double chance = 1;
        foreach (ClientGroup group in groups)
        {
            chance *= Math.Pow(1 - availability + availability * group.DoneBy(seconds, spread), group.Clients);
        }
        return chance;
    }

    private static double Bisect(ReadOnlySpan<ClientGroup> groups, double availability, double spread, double low, double high, double chance)
    {
        for (int i = 0; i < 30; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = AllDoneBy(groups, availability, middle, spread) < chance ? (middle, high) : (low, middle);
        }
        return Math.Sqrt(low * high);
    }

    /// <summary>Newton's steps, kept between bounds, and halving where they would leave them.</summary>
    /// <param name="least">A time that is known to be before.</param>
    private static double MixtureQuantile(ReadOnlySpan<ClientGroup> groups, double all, double z, double spread, double least)
    {
        double low = double.PositiveInfinity, high = 0, share = Gaussian.Below(z), speed = Math.Exp(spread * z);
        foreach (ClientGroup group in groups) // the mixture's quantile lies between the groups' own
        {
            double own = group.ExchangeSeconds + group.WorkSeconds * speed;
            (low, high) = (Math.Min(low, own), Math.Max(high, own));
        }
        low = Math.Min(Math.Max(low, least), high);
        double time = low;
        for (int i = 0; i < 40 && high - low > 1e-10 * high; i++)
        {
            double done = 0, slope = 0;
            foreach (ClientGroup group in groups)
            {
                done += group.Clients / all * group.DoneBy(time, spread, out double density);
                slope += group.Clients / all * density;
            }
            (low, high) = done < share ? (time, high) : (low, time);
            double next = time + (share - done) / slope;
            if (!(next > low && next < high))
            {
                next = 0.5 * (low + high);
            }
            if (Math.Abs(next - time) <= 1e-11 * time)
            {
                return next;
            }
            time = next;
        }
        return time;
    }
}
