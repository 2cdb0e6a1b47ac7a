using MathNet.Numerics.RootFinding;

namespace Atoll.Planning.Analysis.Crossings;

/// <summary>Where something changes between two values of an input, to twelve digits.</summary>
internal static class Crossing
{
    private const double Accuracy = 1e-13;
    private const int MostIterations = 200;

    /// <summary>The zero of a function between two values at which it has different signs; where it jumps across zero, or is no number somewhere, the first value on the far side of the jump; the end nearer to zero where the signs are the same.</summary>
    /// <param name="from">More than 0, and below <paramref name="to"/>.</param>
    public static double Zero(Func<double, double> function, double from, double to)
    {
        double atFrom = function(from), atTo = function(to), scale = Math.Max(Math.Abs(atFrom), Math.Abs(atTo));
        if (double.IsFinite(scale) && atFrom * atTo > 0)
        {
            // What changed, changed at an end, within rounding of it: where three arms are equal at one value, the third leads by nothing.
            return Math.Abs(atFrom) <= Math.Abs(atTo) ? from : to;
        }
        // Over the logarithm: accuracy is then a share of the value, whichever decade it is in.
        if (double.IsFinite(scale) && Brent.TryFindRoot(t => function(Math.Exp(t)), Math.Log(from), Math.Log(to), Accuracy, MostIterations, out double root))
        {
            double x = Math.Clamp(Math.Exp(root), from, to);
            // At a jump Brent's method converges too, to a value at which nothing is near zero.
            if (Math.Abs(function(x)) <= 1e-7 * scale)
            {
                return x;
            }
        }
        return First(x => Math.Sign(atFrom) * function(x) is not > 0, from, to);
    }

    /// <summary>The first value at which something holds that does not at <paramref name="from"/> and does at <paramref name="to"/>.</summary>
    public static double First(Func<double, bool> holds, double from, double to)
    {
        for (int i = 0; i < MostIterations && to - from > Accuracy * to; i++)
        {
            double middle = Math.Sqrt(from) * Math.Sqrt(to);
            if (middle <= from || middle >= to)
            {
                break;
            }
            (from, to) = holds(middle) ? (from, middle) : (middle, to);
        }
        return to;
    }
}
