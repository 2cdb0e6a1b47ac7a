using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Atoll.Experiments.Binding;

namespace Atoll.Experiments.Schema;

/// <summary>What the code's own documentation says about a type, a property or a value, in the file's words.</summary>
/// <remarks>Read from the XML files that the compiler writes beside the assemblies. Without them the schema is whole but silent.</remarks>
internal static partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = [];

    /// <summary>The summary in plain text, or null where there is none.</summary>
    public static string? Of(MemberInfo member)
    {
        Type declaring = member as Type ?? member.DeclaringType!;
        string id = member is Type ? $"T:{declaring.FullName}" : $"{(member is PropertyInfo ? 'P' : 'F')}:{declaring.FullName}.{member.Name}";
        return Files.GetOrAdd(declaring.Assembly, Load).GetValueOrDefault(id.Replace('+', '.'))?.Element("summary") is { } summary
            ? Plain(summary)
            : null;
    }

    private static IReadOnlyDictionary<string, XElement> Load(Assembly assembly)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value)
            : new Dictionary<string, XElement>();
    }

    private static string Plain(XElement summary)
    {
        StringBuilder text = new();
        foreach (XNode node in summary.DescendantNodes())
        {
            text.Append(node switch
            {
                XText t => t.Value,
                XElement { IsEmpty: true } e when e.Attribute("cref") is { } cref => Names.Kebab(LastName(cref.Value)),
                XElement { IsEmpty: true } e => (e.Attribute("name") ?? e.Attribute("langword") ?? e.Attribute("href"))?.Value,
                _ => "",
            });
        }
        return Space().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>A method's parameters, which hold dots of their own, are no part of its name.</summary>
    private static string LastName(string cref)
    {
        string name = cref.Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
