using System.Text.Json.Nodes;
using Atoll.Footprint.Provenance;
using Atoll.Planning.File;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.File;

/// <summary>Whole plan files.</summary>
public sealed class PlanFileTests
{
    private const string TwoRegions = """
        name: two-regions
        workload: { parameters: 10 B, layers: 48, tokens: 200 B, batch-tokens: 2097152, precision: bf16 }   # or flops: 3.14e23; or step-time: 0.8 s; or experiment: ../hospitals
        sites:
          frankfurt: { hardware: h100, count: 512, utilization: 0.4, pue: 1.2, grid: DE }
          lulea:     { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 512, pue: 1.1, grid: { intensity: 15.9 g/kWh } }   # or grid: { trace: se1.csv }
        links:
          - { between: [frankfurt, lulea], bandwidth: 10 Gbit/s, distance: 2000 km, fibre: { built: 6.49 $/ft, lifetime: 20 y } }
        arms:
          frankfurt: { kind: centralized, site: frankfurt }
          islands:   { kind: streaming-diloco, sites: [frankfurt, lulea], inner-steps: 100, fragments: 16, overlap: 1, bits: 4 }
        solve:
          - { vary: links.frankfurt-lulea.bandwidth, until: arms.islands.utilization, reaches: 0.95 }
        objective: { cost: 1, carbon: 1 }
        """;

    /// <summary>A PUE has no unit: its ends are plain numbers, which need no quotes.</summary>
    [Theory]
    [InlineData("{ vary: sites.here.pue, from: 1.05, to: 1.6, steps: 3, spacing: linear }")]
    [InlineData("{ vary: sites.here.hardware.price, from: 1 $/h, to: 4 $/h, steps: 3 }")]
    public void A_sweep_s_ends_are_amounts_with_or_without_a_unit(string sweep) =>
        Plans.Read($"{Plans.OneSite}\nsweep:\n  - {sweep}\n").Plan.Sweep.ShouldHaveSingleItem().Steps.ShouldBe(3);

    [Fact]
    public void A_plan_with_every_part_reads()
    {
        PreparedPlan plan = Plans.Read(TwoRegions);

        plan.Plan.Name.ShouldBe("two-regions");
        plan.Workload.ShouldBe("10 B parameters, 200 B tokens");
        plan.Arms.Select(a => (a.Name, a.Kind)).ShouldBe([("frankfurt", "centralized"), ("islands", "streaming-diloco")]);
        plan.InputAt("links.frankfurt-lulea.bandwidth").Value.ShouldBe(10e9);
        plan.InputAt("links.frankfurt-lulea.fibre.built").Value.ShouldBe(6.49 / 0.3048, 1e-9);
        plan.InputAt("sites.lulea.grid.intensity").Value.ShouldBe(15.9);
        plan.InputAt("workload.parameters").Value.ShouldBe(10e9);
        plan.InputAt("sites.frankfurt.hardware.price").Origin.Basis.ShouldNotBe(Basis.Measured, "it is of the catalog, not of the file");
    }

    /// <summary>6 × 10¹⁰ × 2 · 10¹¹ operations at 512 × 0.4 × 989 TFLOP/s.</summary>
    [Fact]
    public void Its_centralized_arm_takes_what_the_hand_computes()
    {
        PreparedPlan plan = Plans.Read(TwoRegions);
        ArmOutcome outcome = Plans.Outcome(plan);

        outcome.ComputeSeconds.ShouldBe(1.2e22 / (512 * 0.4 * 989e12), 1);
        outcome.ComputeJoules.ShouldBe(512 * 700 * outcome.ComputeSeconds, 1e-6 * outcome.ComputeJoules);
        outcome.OverheadJoules.ShouldBe(0.2 * outcome.ComputeJoules, 1e-6 * outcome.ComputeJoules);
        outcome.LocationBasedGrams.ShouldBe(1.2 * outcome.ComputeJoules / 3.6e6 * 342.1, 1e-6 * outcome.LocationBasedGrams);
        outcome.HardwareDollars.ShouldBe(512 * outcome.ComputeSeconds / 3600 * plan.InputAt("sites.frankfurt.hardware.price").Value, 1e-6 * outcome.HardwareDollars);
    }

    [Fact]
    public void A_folder_stands_for_the_plan_in_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("atoll-plan");
        try
        {
            System.IO.File.WriteAllText(Path.Combine(folder.FullName, "plan.yaml"), Plans.OneSite);

            PlanFile.Read(folder.FullName).Plan.Name.ShouldBe("one");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_trace_gives_its_mean_and_stays_with_the_site()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("atoll-plan");
        try
        {
            System.IO.File.WriteAllText(Path.Combine(folder.FullName, "grid.csv"), "datetime,carbon_intensity\n2022-01-01T00:00:00Z,10\n2022-01-01T01:00:00Z,20\n2022-01-01T02:00:00Z,60\n");
            PreparedPlan plan = Plans.Read(Plans.OneSite.Replace("intensity: 400 g/kWh", "trace: grid.csv", StringComparison.Ordinal), folder.FullName);

            plan.InputAt("sites.here.grid.intensity").Value.ShouldBe(30);
            plan.InputAt("sites.here.grid.intensity").Origin.Source.ShouldBe("grid.csv");
            plan.Sites["here"].Trace!.Intensities.ToArray().ShouldBe([10, 20, 60]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_catalog_of_one_s_own_goes_before_the_built_in_one()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("atoll-plan");
        try
        {
            System.IO.File.WriteAllText(Path.Combine(folder.FullName, "mine.csv"), "operator,label,figure,value,low,high,unit,basis,source,year,url,note\nus,Us,pue,1.05,,,,measured,our meters,2025,,\n");
            string text = Plans.OneSite.Replace("pue: 1.2", "operator: us", StringComparison.Ordinal) + "\ncatalogs: [mine.csv]";

            Plans.Read(text, folder.FullName).InputAt("sites.here.pue").Value.ShouldBe(1.05);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_schema_closes_every_mapping_and_knows_every_kind_of_arm()
    {
        JsonNode schema = JsonNode.Parse(PlanSchema.Text())!;

        schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        schema["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["name", "workload", "sites", "arms"]);
        schema["$defs"]!["PlanArmComplete"]!["oneOf"]!.AsArray().Count.ShouldBe(7);
        schema["$defs"]!["SiteComplete"]!["properties"]!["pue"]!["description"]!.GetValue<string>().ShouldStartWith("Energy of the facility");
    }

    [Fact]
    public void The_published_schema_is_up_to_date()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !System.IO.File.Exists(Path.Combine(root.FullName, "Atoll.slnx")))
        {
            root = root.Parent;
        }
        string published = System.IO.File.ReadAllText(Path.Combine(root.ShouldNotBeNull("the checkout that the tests run from").FullName, "docs", "plan.schema.json"));

        // Not by ShouldBe: its comparison of two long texts hides the one line that helps.
        (published == PlanSchema.Text()).ShouldBeTrue("docs/plan.schema.json is out of date. Renew it: atoll schema --plan --out docs/plan.schema.json");
    }
}
