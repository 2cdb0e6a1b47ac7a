using System.Collections;
using System.Reflection;

namespace Atoll.Experiments.Tests;

/// <summary>Equality of what records hold: records themselves compare lists by reference.</summary>
internal static class Structure
{
    public static void ShouldHoldTheSameAs(this object? actual, object? expected, string at = "value")
    {
        if (actual is null || expected is null || actual is string || actual.GetType().IsPrimitive || actual is Enum)
        {
            actual.ShouldBe(expected, at);
        }
        else if (actual is IEnumerable items)
        {
            object?[] left = [.. items.Cast<object?>()], right = [.. expected.ShouldBeAssignableTo<IEnumerable>(at)!.Cast<object?>()];
            left.Length.ShouldBe(right.Length, at);
            for (int i = 0; i < left.Length; i++)
            {
                left[i].ShouldHoldTheSameAs(right[i], $"{at}[{i}]");
            }
        }
        else
        {
            expected.ShouldBeOfType(actual.GetType(), at);
            foreach (PropertyInfo property in actual.GetType().GetProperties().Where(p => p.CanWrite))
            {
                property.GetValue(actual).ShouldHoldTheSameAs(property.GetValue(expected), $"{at}.{property.Name}");
            }
        }
    }
}
