using System.Globalization;
using System.Text;
using Atoll.Federation.LocalObjectives;

namespace Atoll.Experiments.Protocol;

/// <summary>
/// The size of the protocol's tensor bodies: <c>8 + header + 4 · parameters · vectors</c>. Down goes the model, up the update,
/// and each way the control, or its change, where the local objective exchanges one.
/// </summary>
/// <remarks>
/// A body is safetensors: the header's length in 8 bytes, the header as JSON filled up with spaces to a multiple of 8, the floats.
/// <see href="https://github.com/huggingface/safetensors#format"/> A vector travels flat, under one name. Control messages (some hundred bytes of JSON
/// a site and round), HTTP and TLS are not counted.
/// </remarks>
public static class ProtocolBytes
{
    /// <summary>From the coordinator to one site, in one round.</summary>
    public static long Down(long parameters, ILocalObjective objective) => Body(parameters, "weights", objective.ExchangesControl);

    /// <summary>From one site to the coordinator, in one round.</summary>
    public static long Up(long parameters, ILocalObjective objective) => Body(parameters, "update", objective.ExchangesControl);

    private static long Body(long parameters, string name, bool withControl)
    {
        long bytes = 4 * Require.AtLeast(0, parameters, nameof(parameters));
        StringBuilder header = new("{");
        header.Append(Entry(name, parameters, 0, bytes));
        if (withControl)
        {
            header.Append(',').Append(Entry("control", parameters, bytes, 2 * bytes));
        }
        header.Append('}');
        return 8 + (header.Length + 7) / 8 * 8 + (withControl ? 2 : 1) * bytes;
    }

    private static string Entry(string name, long parameters, long from, long to) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        "{{name}}":{"dtype":"F32","shape":[{{parameters}}],"data_offsets":[{{from}},{{to}}]}
        """);
}
