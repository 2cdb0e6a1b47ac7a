using Atoll.Planning.File;
using Atoll.Planning.Models;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Tests.Sites;

/// <summary>Links by either order of their names, and the ways over them.</summary>
public sealed class NetworkTests
{
    [Fact]
    public void A_link_is_found_by_either_order_of_its_sites()
    {
        PreparedPlan plan = Plans.Read(Sited("- { between: [a, b], bandwidth: 10 Gbit/s, distance: 2000 km, fibre: { built: 6.49 $/ft } }"));

        plan.Inputs.Find("links.b-a.bandwidth").ShouldBe(plan.Inputs.Find("links.a-b.bandwidth"));
        plan.Inputs.Find("links.b-a.fibre.built").ShouldBe(plan.Inputs.Find("links.a-b.fibre.built"));
        plan.Inputs.Find("links.b-a.bandwidth").ShouldNotBeNull();
    }

    [Fact]
    public void Five_microseconds_a_kilometre_is_the_latency_of_a_distance()
    {
        (Network network, double[] x) = NetworkOf("- { between: [a, b], bandwidth: 10 Gbit/s, distance: 2000 km }");

        network.Between("b", "a")!.Latency(x).ShouldBe(0.01, 1e-12);
    }

    [Fact]
    public void Up_is_away_from_the_first_site()
    {
        (Network network, double[] x) = NetworkOf("- { between: [a, b], bandwidth: { up: 1 Gbit/s, down: 4 Gbit/s }, latency: 1 ms }");

        network.Between("a", "b")!.Bandwidth(x).ShouldBe(1e9);
        network.Between("b", "a")!.Bandwidth(x).ShouldBe(4e9);
        network.Between("b", "a")!.BandwidthBack(x).ShouldBe(1e9);
        network.Between("a", "c").ShouldBeNull();
    }

    [Fact]
    public void Sites_that_are_linked_around_are_a_ring()
    {
        (Network network, _) = NetworkOf("- { between: [a, b, c, d], bandwidth: 10 Gbit/s }");

        Topology ring = network.Over(["a", "c", "b"], out _)!;

        ring.Shape.ShouldBe(Shape.Ring);
        ring.Routes.Select(r => $"{r.From.Name}{r.To.Name}").ShouldBe(["ac", "cb", "ba"]);
    }

    [Fact]
    public void Links_of_one_line_of_the_file_share_its_inputs()
    {
        (Network network, _) = NetworkOf("- { between: [a, b, c], bandwidth: 10 Gbit/s }");

        network.Links.Select(l => l.Name).ShouldBe(["a-b", "a-c", "b-c"]);
        network.Links.Select(l => l.UpIndex).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Sites_that_are_not_linked_around_are_a_tree_of_the_widest_links()
    {
        (Network network, _) = NetworkOf("""
            - { between: [a, b], bandwidth: 10 Gbit/s }
              - { between: [b, c], bandwidth: 10 Gbit/s }
              - { between: [a, c], bandwidth: 1 Gbit/s }
              - { between: [c, d], bandwidth: 1 Gbit/s }
            """);

        Topology tree = network.Over(["a", "b", "c", "d"], out _)!;

        tree.Shape.ShouldBe(Shape.Tree);
        tree.Routes.Select(r => $"{r.From.Name}{r.To.Name}").ShouldBe(["ab", "bc", "cd"]);
    }

    [Fact]
    public void Sites_that_no_link_reaches_are_named()
    {
        (Network network, _) = NetworkOf("- { between: [a, b], bandwidth: 10 Gbit/s }");

        network.Over(["a", "b", "c", "d"], out IReadOnlyList<string> unreached).ShouldBeNull();
        unreached.ShouldBe(["c", "d"]);
    }

    [Fact]
    public void A_site_s_own_way_out_serves_where_no_link_names_the_pair()
    {
        PreparedPlan plan = Plans.Read("""
            name: hub
            workload: { flops: 1e20 }
            sites:
              cloud: { hardware: h100 }
              home: { data: 80 Gbit, link: { bandwidth: { up: 10 Mbit/s, down: 100 Mbit/s }, latency: 20 ms } }
            arms: { one: { kind: centralized, site: cloud } }
            """);
        ArmOutcome outcome = Plans.Outcome(plan);

        outcome.MovementSeconds.ShouldBe(8000.02, 1e-6);
        outcome.LinkBits["home-internet"].ShouldBe(80e9);
        plan.Inputs.Find("sites.home.link.bandwidth.up").ShouldNotBeNull();
    }

    private static string Sited(string links) => $$"""
        name: linked
        workload: { flops: 1e20 }
        sites:
          a: { hardware: h100 }
          b: { hardware: h100 }
          c: { hardware: h100 }
          d: { hardware: h100 }
        links:
          {{links}}
        arms: { one: { kind: centralized, site: a } }
        """;

    private static (Network Network, double[] Values) NetworkOf(string links)
    {
        PreparedPlan plan = Plans.Read(Sited(links));
        return (plan.Network, plan.Inputs.Values());
    }

    [Fact]
    public void A_chain_of_a_thousand_sites_is_a_tree_and_its_latency_that_of_all_of_it()
    {
        const int Count = 1000;
        IEnumerable<string> sites = Enumerable.Range(0, Count).Select(i => $"  s{i}: {{ hardware: h100, grid: DE }}");
        IEnumerable<string> links = Enumerable.Range(0, Count - 1).Select(i => $"  - {{ between: [s{i}, s{i + 1}], bandwidth: 10 Gbit/s, latency: 1 ms }}");
        string names = string.Join(", ", Enumerable.Range(0, Count).Select(i => $"s{i}"));
        PreparedPlan plan = Plans.Read(string.Join('\n',
            ["name: chain", "workload: { parameters: 1 B, tokens: 20 B, batch-tokens: 524288 }", "sites:", .. sites, "links:", .. links, "arms:", $"  all: {{ kind: diloco, sites: [{names}], inner-steps: 100 }}"]));

        double[] x = plan.Inputs.Values();
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        double before = plan.Arms[0].Model.Evaluate(x).WallClockSeconds;
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2), "looking for each site's way to the first would take its cube: minutes");
        foreach (Inputs.Input latency in plan.Inputs.Inputs.Where(i => i.Path.EndsWith(".latency", StringComparison.Ordinal)))
        {
            x[plan.Inputs.Find(latency.Path)!.Value] *= 2;
        }
        double rounds = Math.Ceiling(20e9 / 524288 / 100);
        (plan.Arms[0].Model.Evaluate(x).WallClockSeconds - before).ShouldBe(rounds * 0.001 * (Count - 1), 0.01 * rounds);
    }
}
