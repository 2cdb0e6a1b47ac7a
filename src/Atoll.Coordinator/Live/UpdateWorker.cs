using System.Globalization;
using System.Numerics.Tensors;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Learning.Tensors;

namespace Atoll.Coordinator.Live;

/// <summary>Reads updates' bodies, checks them and adds them up: one update at a time, in buffers of its own.</summary>
internal sealed class UpdateWorker(GlobalModel model, UpdateLimits limits)
{
    private readonly float[] _update = new float[model.Weights.Length], _control = new float[model.ControlToSend.Length];

    public PartialAggregate Partial { get; } = model.NewPartial();

    /// <summary>Adds an update, or says why not: then nothing was changed.</summary>
    public string? Fold(Stream body, FoldUpdate fold)
    {
        try
        {
            SafetensorsFile.ReadInto(body, limits.Bytes, _control.Length == 0 ? [("update", _update)] : [("update", _update), ("control", _control)]);
        }
        catch (TensorFileException wrong)
        {
            return $"The body is no update of this model. {wrong.Message}";
        }
        if ((UpdateLimits.WhyNot("update", _update, fold.Normalizer, limits.TotalWeight) ?? UpdateLimits.WhyNot("control", _control, 1, limits.Sites)) is { } reason)
        {
            return reason;
        }
        if (limits.MaxNorm is { } most && TensorPrimitives.Norm<float>(_update) is var norm && !(norm <= most))
        {
            return string.Create(CultureInfo.InvariantCulture, $"The update's norm must be at most {most} (max-update-norm), but is {norm:G6}.");
        }
        try
        {
            Partial.Fold(_update, _control, fold.Weight, fold.Normalizer, fold.Divisor);
            return null;
        }
        catch (Exception refused) when (refused is Federation.Aggregation.UpdateRefusedException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return refused.Message;
        }
    }
}

/// <summary>What an update must keep to, so that adding it to any others of its round cannot fail.</summary>
/// <param name="Bytes">Of a body.</param>
/// <param name="TotalWeight">Of all sites together.</param>
/// <param name="MaxNorm">Null for none but what averaging needs.</param>
internal sealed record UpdateLimits(long Bytes, long TotalWeight, int Sites, double? MaxNorm)
{
    private const double Range = 2147483648.0; // 2³¹, exact averaging's

    public static string? WhyNot(string what, ReadOnlySpan<float> values, double normalizer, double weight)
    {
        float greatest = values.Length == 0 ? 0 : TensorPrimitives.MaxMagnitude(values);
        return !float.IsFinite(greatest) ? $"Every value of the {what} must be finite, but one is {(float.IsNaN(greatest) ? "NaN" : "infinite")}."
            : Math.Abs((double)greatest) / normalizer * weight >= Range
                ? string.Create(CultureInfo.InvariantCulture, $"The {what}'s values must stay below {Range * normalizer / weight:G6} for averaging over all sites to be exact, but one is {greatest:G6}.")
            : null;
    }
}
