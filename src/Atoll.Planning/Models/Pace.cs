namespace Atoll.Planning.Models;

/// <summary>How often sites exchange what, as indices of inputs; null: once a step, the whole model at once, nothing overlapped.</summary>
internal sealed record Pace
{
    /// <summary>Bits that are sent for a parameter.</summary>
    public required int BitsIndex { get; init; }

    public int? InnerStepsIndex { get; init; }

    public int? FragmentsIndex { get; init; }

    public int? OverlapIndex { get; init; }

    public double Bits(ReadOnlySpan<double> x) => x[BitsIndex];

    /// <summary>At least 1, to the nearest.</summary>
    public int InnerSteps(ReadOnlySpan<double> x) => Whole(x, InnerStepsIndex, 1, 1, int.MaxValue);

    /// <summary>At most the layers, whatever the input is varied to.</summary>
    public int Fragments(ReadOnlySpan<double> x, int layers) => Whole(x, FragmentsIndex, 1, 1, layers);

    /// <summary>Below the inner steps, whatever the input is varied to.</summary>
    public int Overlap(ReadOnlySpan<double> x) => Whole(x, OverlapIndex, 0, 0, InnerSteps(x) - 1);

    private static int Whole(ReadOnlySpan<double> x, int? index, int otherwise, int least, int most) =>
        index is { } i ? (int)Math.Clamp(Math.Round(x[i]), least, most) : otherwise;
}
