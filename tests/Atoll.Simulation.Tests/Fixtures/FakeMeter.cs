using Atoll.Footprint.Meters;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>Every stretch takes 2 s, 3 J of the processor by a counter and 1 J of the memory by a model.</summary>
/// <param name="failsAfter">Stretches after which the counter is gone, and the processor is modelled at 5 J.</param>
internal sealed class FakeMeter(int failsAfter = int.MaxValue) : IWorkMeter
{
    public const double Seconds = 2, Processor = 3, Memory = 1, Modelled = 5;

    public const string Failure = "The counter of the processor is gone. From then on: its power by load.";

    private int _started;

    public bool IsOpen { get; private set; }

    public int Ended { get; private set; }

    public Func<Metered> Start()
    {
        IsOpen.ShouldBeFalse("a stretch began within another");
        IsOpen = true;
        _started++;
        return () =>
        {
            IsOpen.ShouldBeTrue("a stretch ended twice");
            IsOpen = false;
            Ended++;
            bool failed = _started > failsAfter;
            return new()
            {
                Duration = Seconds * Time.Second,
                Parts =
                [
                    failed ? new("processor", Modelled * Energy.Joule, From(Basis.Modelled, "load")) : new("processor", Processor * Energy.Joule, From(Basis.Measured, "counter")),
                    new("memory", Memory * Energy.Joule, From(Basis.Modelled, "slots")),
                ],
                Notes = failed ? [Failure] : [],
            };
        };
    }

    private static Origin From(Basis basis, string source) => new() { Basis = basis, Source = source };
}
