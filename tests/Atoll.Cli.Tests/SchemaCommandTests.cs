using System.CommandLine;
using System.Text.Json.Nodes;

namespace Atoll.Cli.Tests;

public sealed class SchemaCommandTests
{
    [Fact]
    public void The_schema_is_printed_with_its_descriptions()
    {
        StringWriter output = new();

        SchemaCommand.Create().Parse([]).Invoke(new() { Output = output }).ShouldBe(ExitCode.Success);

        JsonNode schema = JsonNode.Parse(output.ToString())!;
        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema["properties"]!["seed"]!["description"]!.GetValue<string>().ShouldBe("The seed of everything random.");
    }

    [Fact]
    public void The_schema_is_written_to_a_file()
    {
        string folder = Directory.CreateTempSubdirectory("atoll-").FullName;
        try
        {
            string file = Path.Combine(folder, "schema.json");

            SchemaCommand.Create().Parse(["--out", file]).Invoke().ShouldBe(ExitCode.Success);

            JsonNode.Parse(File.ReadAllText(file))!["title"]!.GetValue<string>().ShouldBe("Atoll experiment");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        StringWriter errors = new();
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString(), "schema.json");

        SchemaCommand.Create().Parse(["--out", file]).Invoke(new() { Error = errors }).ShouldBe(ExitCode.Failure);

        errors.ToString().ShouldStartWith($"The schema cannot be written to {file}: ");
    }
}
