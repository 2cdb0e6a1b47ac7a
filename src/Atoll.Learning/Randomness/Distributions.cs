using Atoll.Learning.Kernels;

namespace Atoll.Learning.Randomness;

/// <summary>Draws from distributions, the same bits on every machine (<see cref="ElementaryFunctions"/>).</summary>
public static class Distributions
{
    extension(Philox random)
    {
        /// <summary>Normal, mean 0 and variance 1.</summary>
        /// <remarks>
        /// The polar method (Marsaglia &amp; Bray 1964, <see href="https://doi.org/10.1137/1006063"/>). Its second draw is
        /// thrown away: the generator keeps no state beside its counter.
        /// </remarks>
        public double NextNormal()
        {
            while (true)
            {
                double u = (2 * random.NextDouble()) - 1, v = (2 * random.NextDouble()) - 1, s = (u * u) + (v * v);
                if (s is > 0 and < 1)
                {
                    return u * Math.Sqrt(-2 * ElementaryFunctions.Log(s) / s);
                }
            }
        }

        /// <summary>Gamma with this shape and scale 1. Shapes far below 1 may underflow to 0: see <see cref="NextLogGamma"/>.</summary>
        public double NextGamma(double shape) => ElementaryFunctions.Exp(random.NextLogGamma(shape));

        /// <summary>The logarithm of a gamma draw with this shape and scale 1: finite for any shape.</summary>
        /// <remarks>
        /// Marsaglia &amp; Tsang 2000, "A simple method for generating gamma variables" (<see href="https://doi.org/10.1145/358407.358414"/>):
        /// d = shape − ⅓, c = 1/√(9d), v = (1 + cx)³ with x normal, accepted as d·v. Below 1: Gamma(shape + 1)·U^(1/shape).
        /// </remarks>
        public double NextLogGamma(double shape)
        {
            Require.MoreThan(0.0, shape, nameof(shape));
            if (shape < 1)
            {
                return random.NextLogGamma(shape + 1) + (ElementaryFunctions.Log(1 - random.NextDouble()) / shape);
            }

            double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
            while (true)
            {
                double x = random.NextNormal(), root = 1 + (c * x);
                if (root <= 0)
                {
                    continue;
                }
                double v = root * root * root, logV = 3 * ElementaryFunctions.Log(root);
                if (ElementaryFunctions.Log(1 - random.NextDouble()) < (0.5 * x * x) + (d * (1 - v + logV)))
                {
                    return ElementaryFunctions.Log(d) + logV;
                }
            }
        }

        /// <summary>Shares that are all at least 0 and sum to 1, from a symmetric Dirichlet distribution.</summary>
        public void NextDirichlet(double alpha, Span<double> shares)
        {
            random.NextLogGammas(alpha, shares);
            Normalize(shares);
        }

        internal void NextLogGammas(double shape, Span<double> logs)
        {
            foreach (ref double log in logs)
            {
                log = random.NextLogGamma(shape);
            }
        }
    }

    /// <summary>From logarithms of weights (−∞: none) to shares of 1, without overflow or underflow of them all.</summary>
    internal static void Normalize(Span<double> logs)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double log in logs)
        {
            largest = log > largest ? log : largest;
        }
        foreach (ref double log in logs)
        {
            sum += log = ElementaryFunctions.Exp(log - largest);
        }
        foreach (ref double share in logs)
        {
            share /= sum;
        }
    }
}
