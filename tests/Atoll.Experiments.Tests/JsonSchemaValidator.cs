using System.Diagnostics;
using System.Text.Json;
using Atoll.Experiments.Schema;

namespace Atoll.Experiments.Tests;

/// <summary>Python's jsonschema (Debian python3-jsonschema) and YAML parser (python3-yaml): a second opinion on both formats.</summary>
internal static class JsonSchemaValidator
{
    private const string Program = """
        import json, sys, yaml, jsonschema
        job = json.load(sys.stdin)
        validator = jsonschema.Draft202012Validator
        validator.check_schema(job["schema"])
        check = validator(job["schema"])
        print(json.dumps([[e.json_path + ": " + e.message for e in check.iter_errors(yaml.safe_load(t))] for t in job["texts"]]))
        """;

    private static readonly Lazy<bool> Present = new(() => Run("import yaml, jsonschema; jsonschema.Draft202012Validator", "").Code == 0);

    /// <summary>The errors of each YAML text.</summary>
    public static string[][] Errors(params string[] texts)
    {
        const string Missing = "No Python with jsonschema 4 and PyYAML: install Debian's python3-jsonschema and python3-yaml.";
        if (!Present.Value && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(Missing); // a build server has what the tests need
        }
        Skip.IfNot(Present.Value, Missing);
        string job = JsonSerializer.Serialize(new { schema = ExperimentSchema.Create(), texts });
        (int code, string output, string errors) = Run(Program, job);
        code.ShouldBe(0, errors);
        return JsonSerializer.Deserialize<string[][]>(output)!;
    }

    private static (int Code, string Output, string Errors) Run(string program, string input)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", ["-c", program])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
