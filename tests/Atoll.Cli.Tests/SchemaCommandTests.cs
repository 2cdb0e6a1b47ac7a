using System.Text.Json.Nodes;

namespace Atoll.Cli.Tests;

public sealed class SchemaCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_schema_is_printed_with_its_descriptions()
    {
        (await _shell.Run("schema")).ShouldBe(ExitCode.Success);

        JsonNode schema = JsonNode.Parse(_shell.Output)!;
        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema["properties"]!["seed"]!["description"]!.GetValue<string>().ShouldBe("The seed of everything random.");
    }

    [Fact]
    public async Task The_schema_is_written_to_a_file()
    {
        (await _shell.Run("schema", "--out", _shell.At("schema.json"))).ShouldBe(ExitCode.Success);

        JsonNode.Parse(File.ReadAllText(_shell.At("schema.json")))!["title"]!.GetValue<string>().ShouldBe("Atoll experiment");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        string file = _shell.At("gone", "schema.json");

        (await _shell.Run("schema", "--out", file)).ShouldBe(ExitCode.Failure);

        _shell.Error.ShouldStartWith($"atoll: The schema cannot be written to {file}: ");
    }
}
