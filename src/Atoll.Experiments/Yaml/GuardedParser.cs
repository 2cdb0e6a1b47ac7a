using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Atoll.Experiments.Yaml;

/// <summary>Gives every failure of the parser a place.</summary>
/// <remarks>On some malformed texts YamlDotNet 16 ends in an exception that is none of its own (found by the random tests).</remarks>
internal sealed class GuardedParser(IParser parser) : IParser
{
    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or InvalidCastException)
        {
            Mark last = parser.Current?.End ?? Mark.Empty;
            throw new SyntaxErrorException(last, last, "what follows cannot be understood");
        }
    }
}
