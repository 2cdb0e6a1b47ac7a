using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>The summaries above types and properties, from the XML files that the compiler writes beside the assemblies. Where such a file is missing there are none.</summary>
internal sealed partial class CodeComments
{
    private readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> _files = [];

    public string? Of(Type type) => Find(type.Assembly, $"T:{Name(type)}");

    public string? Of(PropertyInfo property) => property.DeclaringType is { } type ? Find(type.Assembly, $"P:{Name(type)}.{property.Name}") : null;

    private string? Find(Assembly assembly, string member) => _files.GetOrAdd(assembly, Read).GetValueOrDefault(member);

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member").Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Space().Replace(Text(member.Element("summary")!), " ").Trim());
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Value: { Length: > 0 } } nested => Text(nested),
        XElement named when named.Attribute("cref") is { Value: var cref } => cref[2..].Split('(')[0].Split('.')[^1], // P:Namespace.Type.Member
        XElement named => named.Attributes().FirstOrDefault()?.Value ?? "",
        _ => "",
    }));

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
