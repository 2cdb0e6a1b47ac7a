namespace Atoll.Planning.Analysis;

/// <summary>Digits that a sentence may have.</summary>
internal static class Significant
{
    /// <summary>The nearest number of three significant digits.</summary>
    public static double Three(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }
        int digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        // A power below 1 is no exact number: by it is divided, not multiplied.
        return digits >= 0 ? Math.Round(value * Math.Pow(10, digits)) / Math.Pow(10, digits) : Math.Round(value / Math.Pow(10, -digits)) * Math.Pow(10, -digits);
    }
}
