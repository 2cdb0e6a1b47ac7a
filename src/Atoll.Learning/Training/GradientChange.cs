namespace Atoll.Learning.Training;

/// <summary>Changes a batch's gradient before the optimizer sees it. Called on the training thread, after every backward pass.</summary>
public delegate void GradientChange(Span<float> gradient, ReadOnlySpan<float> weights);
