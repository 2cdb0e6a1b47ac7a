namespace Atoll.Experiments.Tests;

public sealed class WriterTests
{
    [Fact]
    public void What_is_written_reads_back_to_the_same_text_and_fingerprint()
    {
        Experiment experiment = Examples.Parse(Examples.Hospitals);
        string written = ExperimentFile.Write(experiment);

        Experiment back = ExperimentFile.Parse(written, "experiment.yaml", Path.GetFullPath("elsewhere"));

        ExperimentFile.Write(back).ShouldBe(written);
        ExperimentFile.Fingerprint(back).ShouldBe(ExperimentFile.Fingerprint(experiment));
    }
}
