using System.Reflection;
using System.Runtime.CompilerServices;

namespace Atoll.Experiments.Binding;

/// <summary>A field of the file: one <c>init</c> property of a record.</summary>
internal sealed class Field
{
    public Field(PropertyInfo property)
    {
        Property = property;
        Name = Names.Of(property);
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsNullable = Type != property.PropertyType || new NullabilityInfoContext().Create(property).WriteState is NullabilityState.Nullable;
    }

    public PropertyInfo Property { get; }

    public string Name { get; }

    /// <summary>Without the question mark.</summary>
    public Type Type { get; }

    public bool IsNullable { get; }

    public bool IsRequired { get; }

    public object? Get(object record) => Property.GetValue(record);

    /// <summary>Sets the property and lets its own checks speak.</summary>
    /// <returns>Null, or what the value must be and was, without the property's name in front: <c>must be at least 0 (was -1)</c>.</returns>
    public string? TrySet(object record, object? value)
    {
        try
        {
            Property.SetValue(record, value);
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException or InvalidOperationException)
        {
            return Rule(e.InnerException);
        }
    }

    private string Rule(Exception refused)
    {
        string message = refused.Message;
        if (refused is ArgumentException && message.IndexOf(" (Parameter '", StringComparison.Ordinal) is > 0 and int end)
        {
            message = message[..end];
        }
        message = message.TrimEnd('.');
        return message.StartsWith(Property.Name + " ", StringComparison.Ordinal) ? message[(Property.Name.Length + 1)..] : "is refused: " + message;
    }
}
