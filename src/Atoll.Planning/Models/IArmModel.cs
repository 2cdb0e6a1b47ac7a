namespace Atoll.Planning.Models;

/// <summary>One arm, ready to be evaluated at any values of the inputs.</summary>
/// <remarks>Pure: many threads evaluate it at once. It throws nothing for values that its inputs' own rules allow.</remarks>
internal interface IArmModel
{
    /// <param name="inputs">A value for each input of the plan's table, in its order.</param>
    ArmOutcome Evaluate(ReadOnlySpan<double> inputs);

    /// <summary>How each output comes from inputs: what the page shows of a figure.</summary>
    IReadOnlyList<Formula> Formulas { get; }
}
