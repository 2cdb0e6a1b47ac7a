using System.Text.Json.Nodes;
using Atoll.Experiments.Schema;

namespace Atoll.Experiments.Tests;

public sealed class SchemaTests
{
    [SkippableFact]
    public void Whole_files_pass_an_independent_validator()
    {
        string[][] errors = JsonSchemaValidator.Errors(
            Examples.Hospitals,
            Examples.Small(),
            ExperimentTemplate.Create("template"),
            ExperimentFile.Write(Examples.Parse(Examples.Hospitals)),
            Examples.Small("evaluate-every: 5\n", "  a: { kind: federated, partition: none, data: { test-fraction: null }, training: { local-epochs: { min: 1, max: 5 } } }"),
            Examples.Small(arms: "  a: { kind: federated, training: { local-epochs: 3, optimizer: { learning-rate: 0.5 } } }"));

        errors.ShouldAllBe(e => e.Length == 0, string.Join('\n', errors.SelectMany(e => e)));
    }

    [SkippableFact]
    public void Typos_fail_an_independent_validator()
    {
        string[] wrong =
        [
            Examples.Hospitals.Replace("seed:", "sede:"),
            Examples.Hospitals.Replace("test-fraction", "x").Replace("standardize: per-site", "standardize: per-sight"),
            Examples.Hospitals.Replace("kind: logistic", "kind: logistics"),
            Examples.Hospitals.Replace("mu: 0.01", "my: 0.01"),
            Examples.Hospitals.Replace("mu: 0.01", "mu: -1"),
            Examples.Hospitals.Replace("batch-size: 4", "batch-size: 0"),
            Examples.Hospitals.Replace("batch-size: 4", "batch-size: four"),
            Examples.Hospitals.Replace("local-steps: 100", "local-steps: 100, local-epochs: 1"),
            Examples.Hospitals.Replace("[accuracy, auc, loss]", "accuracy"),
            Examples.Hospitals.Replace("{ kind: local, epochs: 50 }", "{ kind: local, rounds: 50 }"),
            Examples.Hospitals.Replace("  local:  ", "  Local:  "),
            Examples.Hospitals.Replace("name: hospitals", "name: hospitals of the north"),
        ];

        string[][] errors = JsonSchemaValidator.Errors(wrong);

        for (int i = 0; i < wrong.Length; i++)
        {
            wrong[i].ShouldNotBe(Examples.Hospitals, $"typo {i} changes nothing");
            errors[i].ShouldNotBeEmpty($"typo {i}");
        }
    }

    [Fact]
    public void The_published_copy_is_up_to_date()
    {
        string published = File.ReadAllText(Path.Combine(Repository.Root, "docs", "experiment.schema.json"));

        // Not by ShouldBe: its comparison of two long texts hides the one line that helps.
        (published == ExperimentSchema.Text()).ShouldBeTrue("docs/experiment.schema.json is out of date. Renew it: atoll schema --out docs/experiment.schema.json");
    }

    [Theory]
    [InlineData("Shards", "sites", "{\"type\":\"integer\",\"minimum\":1}")]
    [InlineData("FedProx", "mu", "{\"type\":\"number\",\"minimum\":0}")]
    [InlineData("Dirichlet", "alpha", "{\"type\":\"number\",\"exclusiveMinimum\":0}")]
    [InlineData("StepDecay", "gamma", "{\"type\":\"number\",\"minimum\":0,\"maximum\":1,\"default\":0.1}")]
    public void A_number_has_the_range_that_its_property_enforces(string record, string field, string expected)
    {
        JsonObject schema = ExperimentSchema.Create()["$defs"]![record]!["properties"]![field]!.AsObject();
        schema.Remove("description");

        schema.ToJsonString().ShouldBe(expected);
    }

    [Fact]
    public void Descriptions_come_from_the_code_and_speak_the_files_words()
    {
        JsonNode data = ExperimentSchema.Create()["$defs"]!["DataSettings"]!["properties"]!;

        data["split"]!["description"]!.GetValue<string>().ShouldBe("A column whose values are train and test. Either this or test-fraction.");
    }

    [Fact]
    public void A_reference_to_a_method_is_its_name_alone() =>
        ExperimentSchema.Create()["$defs"]!["IAggregation"]!["description"]!.GetValue<string>().ShouldEndWith("where nₖ is weight and aₖ is normalizer.");

    /// <summary>A half-open interval closes with the other bracket, so either closes either.</summary>
    [Fact]
    public void No_description_closes_a_bracket_that_it_did_not_open()
    {
        string[] descriptions = [.. Descriptions(ExperimentSchema.Create())];

        descriptions.Length.ShouldBeGreaterThan(100);
        foreach (string text in descriptions)
        {
            int open = 0;
            foreach (char c in text)
            {
                open += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
                open.ShouldBeGreaterThanOrEqualTo(0, text);
            }
            open.ShouldBe(0, text);
        }
    }

    private static IEnumerable<string> Descriptions(JsonNode? node) => node switch
    {
        JsonObject mapping => mapping.SelectMany(m => m is { Key: "description", Value: JsonValue text } ? [text.GetValue<string>()] : Descriptions(m.Value)),
        JsonArray list => list.SelectMany(Descriptions),
        _ => [],
    };
}
