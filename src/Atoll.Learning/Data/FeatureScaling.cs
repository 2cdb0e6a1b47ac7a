using System.Numerics;

namespace Atoll.Learning.Data;

/// <summary>z = (x − mean) / deviation for every feature, with mean and deviation of training rows; of images, for every channel.</summary>
/// <remarks>
/// An image has its channels at many places: each channel's statistics run over all of them, since a pixel at the edge that is hardly ever inked has none of its own.
/// The deviation is the sample's (n − 1), as FLamby's. A constant feature is centred, to exactly 0, and left unscaled. Sums are of differences from the first
/// value: a constant's mean is then that very value however many rows there are, and a feature that hardly varies loses nothing beside its own size. They run
/// in row order in double precision: the same bits on every machine.
/// </remarks>
internal static class FeatureScaling
{
    /// <summary>Standardizes in place: training rows by one group's statistics, test rows perhaps by another's.</summary>
    /// <param name="columns">Features, or an image's channels.</param>
    /// <param name="places">How many times they stand in a row: 1, or an image's places.</param>
    public static void Apply<T>(T[] values, int columns, int places, IReadOnlyList<SiteRows> sites, Standardization training, Standardization testing) where T : IFloatingPointIeee754<T>
    {
        Apply(values, columns, places, sites, testing, site => site.Test); // first, while the training rows that it is fitted on are as they came
        Apply(values, columns, places, sites, training, site => site.Train);
    }

    private static void Apply<T>(T[] values, int columns, int places, IReadOnlyList<SiteRows> sites, Standardization standardization, Func<SiteRows, int[]> rowsOf) where T : IFloatingPointIeee754<T>
    {
        if (standardization == Standardization.None)
        {
            return;
        }
        foreach (IReadOnlyList<SiteRows> group in Groups(sites, standardization))
        {
            double[] mean = Means(values, columns, places, group), deviation = Deviations(values, columns, places, group, mean);
            foreach (int row in group.SelectMany(rowsOf))
            {
                for (int i = 0; i < columns * places; i++)
                {
                    int column = i % columns;
                    ref T value = ref values[((long)row * columns * places) + i];
                    value = T.CreateTruncating((double.CreateTruncating(value) - mean[column]) / deviation[column]);
                }
            }
        }
    }

    private static double[] Deviations<T>(T[] values, int columns, int places, IReadOnlyList<SiteRows> group, double[] mean) where T : IFloatingPointIeee754<T>
    {
        double[] deviation = new double[columns];
        long count = 0;
        foreach (int row in group.SelectMany(site => site.Train))
        {
            count += places;
            for (int i = 0; i < columns * places; i++)
            {
                double difference = double.CreateTruncating(values[((long)row * columns * places) + i]) - mean[i % columns];
                deviation[i % columns] += difference * difference;
            }
        }
        for (int column = 0; column < columns; column++)
        {
            deviation[column] = count > 1 ? Math.Sqrt(deviation[column] / (count - 1)) : 0;
            deviation[column] = deviation[column] == 0 ? 1 : deviation[column]; // all values are the mean, to the bit
        }
        return deviation;
    }

    /// <summary>Fills every NaN with the mean of the training rows that the standardization looks at.</summary>
    /// <exception cref="DataException">There is no value to take the mean of.</exception>
    public static void FillMissing(FeatureMatrix features, IReadOnlyList<SiteRows> sites, Standardization standardization)
    {
        int columns = features.Columns;
        foreach (IReadOnlyList<SiteRows> group in Groups(sites, standardization))
        {
            double[] mean = Means(features.Values, columns, places: 1, group);
            foreach (int row in group.SelectMany(site => site.Train.Concat(site.Test)))
            {
                for (int column = 0; column < columns; column++)
                {
                    ref double value = ref features.Values[((long)row * columns) + column];
                    if (double.IsNaN(value))
                    {
                        string whose = group.Count == 1 ? $"of site '{group[0].Name}' " : "";
                        value = !double.IsNaN(mean[column]) ? mean[column] : throw new DataException(
                            $"Column '{features.Names[column]}' must have a value in the training rows {whose}to take the mean of, but has none. "
                            + $"Add it to ignore, or use missing: drop-row.");
                    }
                }
            }
        }
    }

    /// <summary>NaN where there is no value.</summary>
    private static double[] Means<T>(T[] values, int columns, int places, IReadOnlyList<SiteRows> group) where T : IFloatingPointIeee754<T>
    {
        double[] first = new double[columns], differences = new double[columns];
        long[] counts = new long[columns];
        foreach (int row in group.SelectMany(site => site.Train))
        {
            for (int i = 0; i < columns * places; i++)
            {
                T number = values[((long)row * columns * places) + i];
                if (!T.IsNaN(number))
                {
                    int column = i % columns;
                    double value = double.CreateTruncating(number);
                    first[column] = counts[column]++ == 0 ? value : first[column];
                    differences[column] += value - first[column];
                }
            }
        }
        double[] mean = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            mean[column] = first[column] + (differences[column] / counts[column]);
        }
        return mean;
    }

    private static IEnumerable<IReadOnlyList<SiteRows>> Groups(IReadOnlyList<SiteRows> sites, Standardization standardization) =>
        standardization == Standardization.PerSite ? sites.Select(site => (IReadOnlyList<SiteRows>)[site]) : [sites];
}
