namespace Atoll.Simulation.Arms;

/// <summary>Where a model was when an epoch began, to go back there. One serves any number of models in turn, all of one length.</summary>
internal sealed class EpochStart
{
    private float[] _weights = [], _first = [], _second = [];
    private long _steps;

    public void Keep(SingleModel model)
    {
        Keep(model.Weights, ref _weights);
        Keep(model.Optimizer.First, ref _first);
        Keep(model.Optimizer.Second, ref _second);
        _steps = model.Optimizer.Steps;
    }

    /// <summary>Puts the model that was kept last back to where it was.</summary>
    public void GiveBack(SingleModel model)
    {
        _weights.CopyTo(model.Weights, 0);
        _first.CopyTo(model.Optimizer.First, 0);
        _second.CopyTo(model.Optimizer.Second, 0);
        model.Optimizer.Steps = _steps;
    }

    private static void Keep(float[] from, ref float[] to)
    {
        if (to.Length != from.Length)
        {
            to = new float[from.Length];
        }
        from.CopyTo(to, 0);
    }
}
