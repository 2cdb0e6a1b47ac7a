using System.Globalization;
using System.Text;
using Atoll.Learning.Randomness;

namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>CSV files made up for tests, the same every time.</summary>
internal static class Rows
{
    /// <summary>Columns a, b, c, site, y: three classes around three centers; the sites differ in size and in their mix of classes.</summary>
    public static string ThreeClasses(int rows = 120, int sites = 4)
    {
        Philox random = new(42, Purpose.Partition);
        StringBuilder csv = new("a,b,c,site,y\n");
        for (int row = 0; row < rows; row++)
        {
            int site = Math.Min(random.Next(sites), random.Next(sites)), label = random.Next(3) == 0 ? site % 3 : row % 3;
            double a = (label == 0 ? 2 : 0) + Noise(), b = (label == 1 ? 2 : 0) + Noise(), c = (label == 2 ? 2 : 0) + Noise();
            csv.Append(CultureInfo.InvariantCulture, $"{a:r},{b:r},{c:r},s{site},k{label}\n");
        }
        return csv.ToString();

        double Noise() => 3 * (random.NextDouble() - 0.5);
    }

    /// <summary>Columns a, b, site, y with <c>y = 3 + 2a − b</c> exactly.</summary>
    public static string Plane(int rows = 60)
    {
        Philox random = new(42, Purpose.Partition);
        StringBuilder csv = new("a,b,site,y\n");
        for (int row = 0; row < rows; row++)
        {
            double a = random.NextDouble() * 2 - 1, b = random.NextDouble() * 2 - 1;
            csv.Append(CultureInfo.InvariantCulture, $"{a:r},{b:r},s{row % 3},{3 + 2 * a - b:r}\n");
        }
        return csv.ToString();
    }
}
