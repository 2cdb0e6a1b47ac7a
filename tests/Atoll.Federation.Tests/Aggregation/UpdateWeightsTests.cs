using Atoll.Federation.Aggregation;
using Atoll.Federation.Selection;

namespace Atoll.Federation.Tests.Aggregation;

public sealed class UpdateWeightsTests
{
    [Fact]
    public void Updates_count_by_rows_or_alike()
    {
        new FedAvg().Weight(30).ShouldBe(30);
        new FedAvg { Weights = UpdateWeights.Uniform }.Weight(30).ShouldBe(1);
    }

    /// <summary>
    /// One site of two is drawn by its rows, 1 or 3, and its update is 0 or 4: the mean over the draws must be (1·0 + 3·4)/4 = 3, which needs the draw alone to
    /// weigh. 10,000 draws: standard error 4·√(¾·¼/10,000) = 0.017.
    /// </summary>
    [Fact]
    public void Drawn_by_rows_and_counted_alike_the_average_is_the_average_over_rows()
    {
        WeightedSelection selection = new() { Count = 1 };
        Random random = new(1);
        double sum = 0;
        for (int draw = 0; draw < 10_000; draw++)
        {
            ExactAverage average = new(1);
            int site = selection.Select([1, 3], random)[0];
            average.Add([site == 0 ? 0f : 4f], new FedAvg { Weights = UpdateWeights.Uniform }.Weight(site == 0 ? 1 : 3));
            float[] mean = new float[1];
            average.Mean(mean);
            sum += mean[0];
        }
        (sum / 10_000).ShouldBe(3, tolerance: 0.07);
    }
}
