using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Federation.Aggregation;
using Atoll.Federation.Buffering;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Federation.Tests;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData(typeof(IAggregation))]
    [InlineData(typeof(ILocalObjective))]
    [InlineData(typeof(IServerOptimizer))]
    [InlineData(typeof(ISelection))]
    [InlineData(typeof(IStaleness))]
    public void Every_algorithm_is_sealed_and_has_a_name(Type contract)
    {
        Type[] algorithms = [.. contract.Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(contract))];

        algorithms.ShouldAllBe(t => t.IsSealed);
        contract.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).ShouldBe(algorithms, ignoreOrder: true);
    }

    [Fact]
    public void A_record_is_its_own_configuration()
    {
        IServerOptimizer yogi = new FedYogi { LearningRate = 0.01f, Beta2 = 0.999f };

        JsonSerializer.Deserialize<IServerOptimizer>(JsonSerializer.Serialize(yogi)).ShouldBe(yogi);
    }
}
