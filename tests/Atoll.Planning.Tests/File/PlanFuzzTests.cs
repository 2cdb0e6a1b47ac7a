using Atoll.Experiments;
using Atoll.Footprint.Grids;
using Atoll.Planning.File;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Planning.Tests.File;

/// <summary>No text makes the reader of plans fail in any way but its own, and no plan that is read ends in anything but an answer or a sentence.</summary>
public sealed class PlanFuzzTests
{
    private static readonly string[] Fragments =
        ["{", "}", "[", "]", ": ", ",", "- ", "\n", "\n  ", "\t", "\"", "#", "&a ", "*a", "!!str ", "|", "null", "true", ".nan", ".inf", "1e308", "-1", "0", "1e-300", "9999999999999", " to ", " (", "10 to 1",
         " Gbit/s", " kWh", " g/kWh", " h", " km", "h100", "DE", "kind: ", "kind: federated", "centralized", "sites: ", "site: x", "between: ", "clients: 3", "count: 1e9", "utilization: 2", "flops: 1e20",
         "layers: 0", "fragments: 9", "overlap: 5", "inner-steps: 0", "draws: 0", "over: [x]", "coordinator: a", "deadline: 1 s", "trace: x.csv", "steps: 2", "spacing: linear", "\u0000", "é", "\\"];

    private static readonly string[] Examples = [.. Directory.GetDirectories(Path.Combine(Repository(), "examples"), "plan-*").Order().Select(d => System.IO.File.ReadAllText(Path.Combine(d, PlanFile.DefaultName)))];

    [Fact]
    public void A_plan_spoiled_at_random_is_read_or_refused_with_a_place() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            string text = Spoiled(new Random(seed));
            try
            {
                PreparedPlan plan = Read(text);
                foreach (PreparedArm arm in plan.Arms)
                {
                    arm.Model.Evaluate(plan.Inputs.Values());
                }
            }
            catch (ExperimentFileException e)
            {
                e.Problems.ShouldNotBeEmpty();
                e.Problems.Where(p => p.Line < 1 || p.Column < 1 || p.Line > text.Count(c => c == '\n') + 2).ShouldBeEmpty(text);
                e.Message.ShouldNotContain("System.");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_plan_that_is_read_is_answered_or_said_to_come_to_no_number() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            string text = Spoiled(new Random(seed));
            try
            {
                PreparedPlan plan = Read(text);
                Planner.Plan(plan with { Plan = plan.Plan with { Draws = 8, Sweep = [] } }, threads: 1).Arms.ShouldNotBeEmpty();
            }
            catch (Exception e) when (e is ExperimentFileException or PlanException)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static PreparedPlan Read(string text)
    {
        using HttpClient nobody = new();
        return PlanFile.Parse(text, "plan.yaml", AppContext.BaseDirectory, new(new(nobody, null, TimeProvider.System, new() { Attempts = 1, Patience = TimeSpan.FromMilliseconds(1) }, new Random(1)), _ => null)
        {
            Addresses = Enum.GetValues<LiveService>().ToDictionary(s => s, _ => new Uri("http://127.0.0.1:9")),
        });
    }

    private static string Spoiled(Random random)
    {
        string text = Examples[random.Next(Examples.Length)];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(12), text.Length - at), from = random.Next(text.Length);
            string[] words = text.Split(' ');
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                2 => text.Insert(at, text.Substring(from, Math.Min(random.Next(40), text.Length - from))),
                3 => string.Join(' ', words.Select((w, k) => k == at % words.Length ? Fragments[random.Next(Fragments.Length)].Trim() : w)), // a value in another's place parses more often
                _ => string.Join(' ', words.Select((w, k) => k == at % words.Length ? words[from % words.Length] : w)),
            };
        }
        return text;
    }

    private static string Repository()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !System.IO.File.Exists(Path.Combine(at, "Atoll.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }
        return at ?? throw new InvalidOperationException("The tests must run below the repository's root, where Atoll.slnx is.");
    }
}
